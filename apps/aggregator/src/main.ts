import 'reflect-metadata';
import { runService } from '@mach/runtime';
import { startAggregator } from './start';

void runService('aggregator', startAggregator);
