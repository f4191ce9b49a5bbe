import { Body, Controller, Delete, Get, HttpCode, Inject, Ip, Post, Req, Res } from '@nestjs/common';
import fastifyCookie from '@fastify/cookie';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { SignInRequest, type SessionView, type SignInResponse } from '@mach/contracts';
import { SessionStore, verifyPassword } from '@mach/persistence';
import { MACH_CONFIG, type MachConfig } from '@mach/runtime';
import { BodyLimit } from '../edge/body-limit.decorator';
import { ProblemException } from '../problems/problem.exception';
import type { Account } from './account';
import { CurrentAccount } from './current-account.decorator';
import { AnyAccount, Anyone } from './roles.decorator';
import { SESSION_COOKIE, tokenOf } from './session-token';
import { Sessions } from './sessions';
import { SignInThrottle } from './sign-in-throttle';

/** Anybody may send one: two words and nothing else. */
const SIGN_IN_BYTES = 4 * 1024;

/** Signing in and out. */
@Controller('session')
export class SessionController {
  constructor(
    private readonly store: SessionStore,
    private readonly sessions: Sessions,
    private readonly throttle: SignInThrottle,
    @Inject(MACH_CONFIG) private readonly config: MachConfig,
  ) {}

  /** Opens a session; browsers keep the cookie, programs the token. */
  @Anyone()
  @Post()
  @BodyLimit(SIGN_IN_BYTES)
  @HttpCode(200)
  async signIn(
    @Body() request: SignInRequest,
    @Ip() address: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<SignInResponse> {
    this.throttle.check(request.username, address);
    const found = await this.store.credentials(request.username);
    // An unknown name costs the same work as a wrong password: the time taken must not tell which names
    // exist.
    const right = await this.throttle.inTurn(() =>
      verifyPassword(request.password, found?.passwordHash ?? null),
    );
    if (found === null || !right) {
      this.throttle.failed(request.username, address);
      throw new ProblemException('auth.invalid');
    }
    this.throttle.succeeded(request.username);
    const { token, maxAgeSeconds } = await this.sessions.open(found.account.id);
    void reply.header('set-cookie', this.cookie(token, maxAgeSeconds));
    return { ...viewOf(found.account), token };
  }

  @AnyAccount()
  @Get()
  current(@CurrentAccount() account: Account): SessionView {
    return viewOf(account);
  }

  /** Ends the session of this request, if any; signing out twice is no error. */
  @Anyone()
  @Delete()
  @HttpCode(204)
  async signOut(
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<void> {
    const token = tokenOf(request);
    if (token !== null) await this.sessions.close(token);
    void reply.header('set-cookie', this.cookie('', 0));
  }

  private cookie(token: string, maxAge: number): string {
    const secure = this.config.publicUrl.startsWith('https:');
    return fastifyCookie.serialize(SESSION_COOKIE, token, {
      path: '/',
      httpOnly: true,
      sameSite: 'strict',
      secure,
      maxAge,
    });
  }
}

function viewOf(account: Account): SessionView {
  const { code, name, level } = account.unit;
  return {
    username: account.username,
    displayName: account.displayName,
    role: account.role,
    unit: { code, name, level },
  };
}
