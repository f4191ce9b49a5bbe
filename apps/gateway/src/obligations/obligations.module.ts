import { Module } from '@nestjs/common';
import { ObligationPages } from './obligation-pages';
import { ObligationsController } from './obligations.controller';

/** Obligations (nghĩa vụ báo cáo) for the screens. */
@Module({ controllers: [ObligationsController], providers: [ObligationPages], exports: [ObligationPages] })
export class ObligationsModule {}
