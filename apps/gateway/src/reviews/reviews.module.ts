import { Module } from '@nestjs/common';
import { ObligationsModule } from '../obligations/obligations.module';
import { ActOnObligation } from './act-on-obligation';
import { AfterActs } from './after-acts';
import { JudgeAct } from './judge-act';
import { ObligationActsController } from './obligation-acts.controller';
import { ReadReview } from './read-review';
import { RecordActs } from './record-acts';
import { ReviewsController } from './reviews.controller';

/** Reviewing reports (duyệt, trả lại), extensions, exemptions, unlocking. */
@Module({
  imports: [ObligationsModule],
  controllers: [ReviewsController, ObligationActsController],
  providers: [ActOnObligation, AfterActs, JudgeAct, ReadReview, RecordActs],
})
export class ReviewsModule {}
