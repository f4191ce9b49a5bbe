import { Module } from '@nestjs/common';
import { VerificationsController } from './verifications.controller';

/** Verifications of the stored figures, for the operator. */
@Module({ controllers: [VerificationsController] })
export class VerificationsModule {}
