import { Body, Controller, Delete, Get, HttpCode, Inject, Post, Req, Res } from '@nestjs/common';
import fastifyCookie from '@fastify/cookie';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { SignInRequest, type SessionView, type SignInResponse } from '@mach/contracts';
import { MACH_CONFIG, SystemClock, type MachConfig } from '@mach/runtime';
import { BodyLimit } from '../edge/body-limit.decorator';
import type { Account } from './account';
import { CurrentAccount } from './current-account.decorator';
import { KNOWN_COOKIE, KNOWN_FOR_SECONDS, KnownBrowsers } from './known-browsers';
import { AnyAccount, Anyone } from './roles.decorator';
import { SESSION_COOKIE, tokenOf } from './session-token';
import { Sessions } from './sessions';
import { SignIn } from './sign-in';

/** Anybody may send one: two words and nothing else. */
const SIGN_IN_BYTES = 4 * 1024;

/** Signing in and out. */
@Controller('session')
export class SessionController {
  constructor(
    private readonly signingIn: SignIn,
    private readonly sessions: Sessions,
    private readonly browsers: KnownBrowsers,
    private readonly clock: SystemClock,
    @Inject(MACH_CONFIG) private readonly config: MachConfig,
  ) {}

  /** Opens a session; browsers keep the cookie, programs the token. */
  @Anyone()
  @Post()
  @BodyLimit(SIGN_IN_BYTES)
  @HttpCode(200)
  async signIn(
    @Body() { username, password }: SignInRequest,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<SignInResponse> {
    const cookies = request.headers.cookie;
    const account = await this.signingIn.attempt({ username, password, address: request.ip, cookies });
    const { token, maxAgeSeconds } = await this.sessions.open(account.id);
    const known = this.browsers.remember(cookies, username, this.clock.now());
    void reply.header('set-cookie', [
      this.cookie(SESSION_COOKIE, token, '/', maxAgeSeconds),
      this.cookie(KNOWN_COOKIE, known, '/api/v1/session', KNOWN_FOR_SECONDS),
    ]);
    return { ...viewOf(account), token };
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
    void reply.header('set-cookie', this.cookie(SESSION_COOKIE, '', '/', 0));
  }

  private cookie(name: string, value: string, path: string, maxAge: number): string {
    const secure = this.config.publicUrl.startsWith('https:');
    return fastifyCookie.serialize(name, value, { path, httpOnly: true, sameSite: 'strict', secure, maxAge });
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
