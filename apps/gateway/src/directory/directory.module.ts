import { Global, Module } from '@nestjs/common';
import { SystemClock } from '@mach/runtime';
import { Directory } from './directory';
import { Reach } from './reach';

/**
 * What nearly every route asks: which units, requirements and periods there are, and how far an account
 * reaches.
 */
@Global()
@Module({ providers: [Directory, Reach, SystemClock], exports: [Directory, Reach] })
export class DirectoryModule {}
