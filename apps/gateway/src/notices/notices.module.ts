import { Module } from '@nestjs/common';
import { NoticesController } from './notices.controller';

/** The reminder ledger (sổ đôn đốc) for the screens. */
@Module({ controllers: [NoticesController] })
export class NoticesModule {}
