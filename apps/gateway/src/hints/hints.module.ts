import { Module } from '@nestjs/common';
import { HintsController } from './hints.controller';
import { ReadUsual } from './read-usual';

/** Hints (lưu ý) for the screens. */
@Module({ controllers: [HintsController], providers: [ReadUsual] })
export class HintsModule {}
