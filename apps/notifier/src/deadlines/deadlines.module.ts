import { Module } from '@nestjs/common';
import { DeadlineSweep } from './deadline.sweep';
import { DeliveryModule } from '../delivery/delivery.module';
import { LedgerEntries } from './ledger-entries';
import { NoticePlanner } from './notice-planner';
import { TellAnsweredHandler } from './tell-answered.handler';
import { TellAtOnce } from './tell-at-once';
import { TellReturnedHandler } from './tell-returned.handler';

@Module({
  imports: [DeliveryModule],
  controllers: [TellAnsweredHandler, TellReturnedHandler],
  providers: [DeadlineSweep, LedgerEntries, NoticePlanner, TellAtOnce],
  exports: [DeadlineSweep, NoticePlanner],
})
export class DeadlinesModule {}
