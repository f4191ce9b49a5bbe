import { Global, Module } from '@nestjs/common';
import { APP_GUARD, DiscoveryModule } from '@nestjs/core';
import { SystemClock } from '@mach/runtime';
import { KnownBrowsers } from './known-browsers';
import { PasswordChecks } from './password-checks';
import { RouteDeclarations } from './route-declarations';
import { SessionController } from './session.controller';
import { SessionGuard } from './session.guard';
import { Sessions } from './sessions';
import { SignIn } from './sign-in';

/** Who is asking. Puts the session guard in front of every route of the gateway. */
@Global()
@Module({
  imports: [DiscoveryModule],
  controllers: [SessionController],
  providers: [
    Sessions,
    SignIn,
    PasswordChecks,
    KnownBrowsers,
    SystemClock,
    RouteDeclarations,
    { provide: APP_GUARD, useClass: SessionGuard },
  ],
  exports: [Sessions],
})
export class SessionModule {}
