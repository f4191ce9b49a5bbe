import { Module } from '@nestjs/common';
import { IndicatorTargetsController } from './indicator-targets.controller';
import { IndicatorsController } from './indicators.controller';

/** The catalogue of indicators (danh mục chỉ tiêu) and their targets. */
@Module({ controllers: [IndicatorsController, IndicatorTargetsController] })
export class CatalogueModule {}
