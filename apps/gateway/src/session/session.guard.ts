import { Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { AccountRole } from '@mach/domain';
import { ProblemException } from '../problems/problem.exception';
import type { AccountRequest } from './current-account.decorator';
import { ANYONE, ROLES } from './roles.decorator';
import { tokenOf } from './session-token';
import { Sessions } from './sessions';

/** In front of every route: a valid session, and one of the roles the route names. */
@Injectable()
export class SessionGuard implements CanActivate {
  constructor(
    private readonly reflector: Reflector,
    private readonly sessions: Sessions,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    if (context.getType() !== 'http') return true;
    const targets = [context.getHandler(), context.getClass()];
    if (this.reflector.getAllAndOverride<boolean | undefined>(ANYONE, targets) === true) return true;
    const request = context.switchToHttp().getRequest<AccountRequest>();
    const token = tokenOf(request);
    const account = token === null ? null : await this.sessions.find(token);
    if (account === null) throw new ProblemException('auth.required');
    const roles = this.reflector.getAllAndOverride<readonly AccountRole[] | undefined>(ROLES, targets);
    if (roles !== undefined && !roles.includes(account.role)) throw new ProblemException('auth.forbidden');
    request.account = account;
    return true;
  }
}
