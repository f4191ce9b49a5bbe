import { Module } from '@nestjs/common';
import { DeadlineSweep } from './deadline.sweep';
import { DeliveryModule } from '../delivery/delivery.module';
import { NoticePlanner } from './notice-planner';

@Module({
  imports: [DeliveryModule],
  providers: [DeadlineSweep, NoticePlanner],
  exports: [DeadlineSweep, NoticePlanner],
})
export class DeadlinesModule {}
