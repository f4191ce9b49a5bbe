import { Global, Module } from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';
import { SystemClock } from '@mach/runtime';
import { SessionController } from './session.controller';
import { SessionGuard } from './session.guard';
import { Sessions } from './sessions';
import { SignInThrottle } from './sign-in-throttle';

/** Who is asking. Puts the session guard in front of every route of the gateway. */
@Global()
@Module({
  controllers: [SessionController],
  providers: [Sessions, SignInThrottle, SystemClock, { provide: APP_GUARD, useClass: SessionGuard }],
  exports: [Sessions],
})
export class SessionModule {}
