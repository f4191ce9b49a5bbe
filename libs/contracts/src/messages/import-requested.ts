import { IsUUID } from 'class-validator';
import { defineMessage } from './define-message';

export class ImportRequestedV1 {
  @IsUUID()
  importId!: string;
}

/**
 * Somebody handed in a table, or asked for its dry run to be applied. A wake-up only: the durable request is
 * `import.state`, so it has no outbox row and losing it costs the delay of one sweep.
 */
export const importRequested = defineMessage({
  name: 'import.requested',
  version: 1,
  queue: 'imports',
  payload: ImportRequestedV1,
});
