import { Module } from '@nestjs/common';
import { FormCatalogueController } from './form-catalogue.controller';
import { IndicatorTargetsController } from './indicator-targets.controller';
import { IndicatorsController } from './indicators.controller';
import { SuggestedRulesController } from './suggested-rules.controller';

/** The catalogue of indicators (danh mục chỉ tiêu) and their targets; forms to be read. */
@Module({
  controllers: [
    FormCatalogueController,
    IndicatorsController,
    IndicatorTargetsController,
    SuggestedRulesController,
  ],
})
export class CatalogueModule {}
