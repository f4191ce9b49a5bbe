import { Controller, Get, Query, Req, Res } from '@nestjs/common';
import { EventPattern, Payload } from '@nestjs/microservices';
import { IsOptional } from 'class-validator';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { figuresChanged } from '@mach/contracts';
import { readHint } from '@mach/messaging';
import { IsCode } from '../directory/is-code.decorator';
import { ProblemException } from '../problems/problem.exception';
import type { Account } from '../session/account';
import { CurrentAccount } from '../session/current-account.decorator';
import { AnyAccount } from '../session/roles.decorator';
import { tokenOf } from '../session/session-token';
import { EVENT_STREAM, LiveConnection } from './live-connection';
import { LiveFigures } from './live-figures';
import { LiveStreams } from './live-streams';

export class EventsQuery {
  @IsOptional()
  @IsCode()
  requirement?: string;

  @IsOptional()
  @IsCode()
  period?: string;
}

/** Live events: the hint comes from the aggregator over Redis and goes to browsers as server-sent events. */
@Controller()
@AnyAccount()
export class EventsController {
  constructor(
    private readonly live: LiveFigures,
    private readonly streams: LiveStreams,
  ) {}

  /** Event `figures`, data `FiguresChanged`, only about units within reach. */
  @Get('events')
  async stream(
    @CurrentAccount() account: Account,
    @Query() query: EventsQuery,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    // Asked only for its headers, a stream would never come to its end.
    if (request.method === 'HEAD') {
      void reply.header('content-type', EVENT_STREAM).send();
      return;
    }
    const about = { requirement: query.requirement ?? null, period: query.period ?? null };
    const connection = new LiveConnection(account, tokenOf(request) ?? '', about, reply.raw);
    reply.raw.once('close', () => {
      this.streams.leave(connection);
    });
    if (!(await this.streams.join(connection))) throw new ProblemException('server.busy', { retryAfter: 10 });
    reply.hijack();
    request.raw.socket.setNoDelay(true);
  }

  /**
   * Triggered by the hint `figures.changed`; writes nothing, tells those who watch. A replay tells them once
   * more, which is harmless;
   * a lost hint costs nothing, screens read again by themselves.
   */
  @EventPattern(figuresChanged.name)
  figuresChanged(@Payload() payload: unknown): void {
    const hint = readHint(figuresChanged, payload);
    if (hint !== null) this.live.note(hint);
  }
}
