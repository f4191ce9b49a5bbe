import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { ProblemException } from '../problems/problem.exception';
import type { Account } from './account';

/** A request after the session guard has let it through. */
export type AccountRequest = FastifyRequest & { account?: Account };

/** The account behind the request: `handle(@CurrentAccount() account: Account)`. */
export const CurrentAccount = createParamDecorator((_data: unknown, context: ExecutionContext): Account => {
  const { account } = context.switchToHttp().getRequest<AccountRequest>();
  if (account === undefined) throw new ProblemException('auth.required');
  return account;
});
