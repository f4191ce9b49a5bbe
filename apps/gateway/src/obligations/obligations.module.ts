import { Module } from '@nestjs/common';
import { ObligationDetails } from './obligation-details';
import { ObligationPages } from './obligation-pages';
import { ObligationsController } from './obligations.controller';

/** Obligations (nghĩa vụ báo cáo) for the screens. */
@Module({
  controllers: [ObligationsController],
  providers: [ObligationDetails, ObligationPages],
  exports: [ObligationDetails, ObligationPages],
})
export class ObligationsModule {}
