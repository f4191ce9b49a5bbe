import 'reflect-metadata';
import { runService } from '@mach/runtime';
import { startGateway } from './gateway.app';

void runService('gateway', startGateway);
