import 'reflect-metadata';
import { runService } from '@mach/runtime';
import { startNotifier } from './start';

void runService('notifier', startNotifier);
