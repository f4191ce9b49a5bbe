import { Module } from '@nestjs/common';
import { RollupsModule } from '../rollups/rollups.module';
import { ReadSigning } from './read-signing';
import { SignFigures } from './sign-figures';
import { SignaturesController } from './signatures.controller';

/** Signing consolidated figures (ký số liệu tổng hợp). */
@Module({
  imports: [RollupsModule],
  controllers: [SignaturesController],
  providers: [ReadSigning, SignFigures],
})
export class SignaturesModule {}
