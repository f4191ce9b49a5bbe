import { Module, type DynamicModule } from '@nestjs/common';
import { APP_FILTER, APP_PIPE } from '@nestjs/core';
import { MessagingModule } from '@mach/messaging';
import { PersistenceModule } from '@mach/persistence';
import { Clock, ReadyChecks, RuntimeModule, type MachConfig } from '@mach/runtime';
import { AdministrationModule } from './administration/administration.module';
import { CatalogueModule } from './catalogue/catalogue.module';
import { ClockModule } from './clock/clock.module';
import { DirectoryModule } from './directory/directory.module';
import { DraftsModule } from './drafts/drafts.module';
import { GatewayReadiness } from './edge/gateway-readiness';
import { HintsModule } from './hints/hints.module';
import { ImportsModule } from './imports/imports.module';
import { FilesModule } from './files/files.module';
import { IntakeModule } from './intake/intake.module';
import { LiveModule } from './live/live.module';
import { NoticesModule } from './notices/notices.module';
import { ObligationsModule } from './obligations/obligations.module';
import { ProblemFilter } from './problems/problem.filter';
import { validationPipe } from './problems/validation-problem';
import { ReviewsModule } from './reviews/reviews.module';
import { RollupsModule } from './rollups/rollups.module';
import { SessionModule } from './session/session.module';
import { VerificationsModule } from './verifications/verifications.module';
import { SignaturesModule } from './signatures/signatures.module';
import { SetAsideModule } from './set-aside/set-aside.module';

/** The HTTP edge of Mạch. */
@Module({})
export class GatewayModule {
  static forRoot(config: MachConfig): DynamicModule {
    const {
      databaseUrl: url,
      databasePoolSize: poolSize,
      contactKey,
      redisUrl,
      queuePrefix: prefix,
    } = config;
    return {
      module: GatewayModule,
      imports: [
        RuntimeModule.forRoot(config, 'gateway'),
        PersistenceModule.forRoot({ url, poolSize, contactKey, applicationName: 'mach-gateway' }),
        MessagingModule.forRoot({ redisUrl, prefix, relay: false, clock: Clock, readiness: ReadyChecks }),
        DirectoryModule,
        SessionModule,
        FilesModule.forRoot(config),
        IntakeModule,
        ImportsModule,
        ObligationsModule,
        ReviewsModule,
        DraftsModule.forRoot({ redisUrl, prefix }),
        RollupsModule,
        SignaturesModule,
        HintsModule,
        LiveModule,
        NoticesModule,
        SetAsideModule,
        VerificationsModule,
        ClockModule,
        AdministrationModule,
        CatalogueModule,
      ],
      providers: [
        GatewayReadiness,
        { provide: APP_FILTER, useClass: ProblemFilter },
        { provide: APP_PIPE, useFactory: validationPipe },
      ],
    };
  }
}
