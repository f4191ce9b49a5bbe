import { Controller } from '@nestjs/common';
import { EventPattern, Payload } from '@nestjs/microservices';
import { ImportRequestedV1, importRequested, patternOf } from '@mach/contracts';
import { ImportWork } from './import-work';

/**
 * Triggered by `import.requested`: a table was handed in, or its dry run is to be applied.
 * Writes, two hundred rows a transaction, the dry run of the table; or, as many reports a transaction as travel together,
 * submissions with their outbox row, and then the receipts of their rows.
 * A replay goes on where the rows say that work was left, usually nowhere; a lost one is made up for by `ImportSweep`.
 */
@Controller()
export class ContinueImportHandler {
  constructor(private readonly work: ImportWork) {}

  @EventPattern(patternOf(importRequested))
  async handle(@Payload() { importId }: ImportRequestedV1): Promise<void> {
    await this.work.goOn(importId);
  }
}
