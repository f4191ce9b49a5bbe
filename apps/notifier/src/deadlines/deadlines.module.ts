import { Module } from '@nestjs/common';
import { DeadlineSweep } from './deadline.sweep';
import { DeliveryModule } from '../delivery/delivery.module';
import { LedgerEntries } from './ledger-entries';
import { NoticePlanner } from './notice-planner';
import { TellReturnedHandler } from './tell-returned.handler';

@Module({
  imports: [DeliveryModule],
  controllers: [TellReturnedHandler],
  providers: [DeadlineSweep, LedgerEntries, NoticePlanner],
  exports: [DeadlineSweep, NoticePlanner],
})
export class DeadlinesModule {}
