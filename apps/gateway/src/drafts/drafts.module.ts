import { Module, type DynamicModule } from '@nestjs/common';
import { PresenceBoard, type PublisherOptions } from '@mach/messaging';
import { SystemClock } from '@mach/runtime';
import { DraftPace } from './draft-pace';
import { DraftsController } from './drafts.controller';
import { ObligationsToReport } from './obligation-to-report';
import { PrefillController } from './prefill.controller';
import { PresenceController } from './presence.controller';
import { ReadFactsBeside } from './read-facts-beside';

/** Drafts of reports (bản nháp) on the server, and who is at one. */
@Module({})
export class DraftsModule {
  static forRoot(redis: PublisherOptions): DynamicModule {
    return {
      module: DraftsModule,
      controllers: [DraftsController, PrefillController, PresenceController],
      providers: [
        DraftPace,
        ObligationsToReport,
        ReadFactsBeside,
        { provide: PresenceBoard, useFactory: () => new PresenceBoard(redis) },
        SystemClock,
      ],
    };
  }
}
