import { Module } from '@nestjs/common';
import { SetAsideController } from './set-aside.controller';

/** What the queues could not handle, for the operator. */
@Module({ controllers: [SetAsideController] })
export class SetAsideModule {}
