import { IsInt, IsPositive, IsUUID } from 'class-validator';
import { defineMessage } from './define-message';

export class RollupRequestedV1 {
  @IsUUID()
  requirementId!: string;

  @IsInt()
  @IsPositive()
  periodId!: number;
}

/**
 * Some nodes of this requirement and period are dirty. A wake-up only: the durable request is
 * `rollup_node.dirty_seq`,
 * so it has no outbox row and losing it costs the delay of one sweep.
 */
export const rollupRequested = defineMessage({
  name: 'rollup.requested',
  version: 1,
  queue: 'rollup',
  payload: RollupRequestedV1,
});
