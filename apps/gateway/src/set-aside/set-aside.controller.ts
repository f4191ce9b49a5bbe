import { Controller, Get, HttpCode, Param, Post } from '@nestjs/common';
import type { SetAsideListView, SetAsideView } from '@mach/contracts';
import { SetAsideStore, type SetAsideMessage } from '@mach/persistence';
import { Clock } from '@mach/runtime';
import { ProblemException } from '../problems/problem.exception';
import { Roles } from '../session/roles.decorator';

const SHOWN_AT_MOST = 200;
const RAW_SHOWN = 2_000;

/**
 * Messages that could not be handled: an operator looks at them and puts them back when the cause is mended.
 */
@Controller('set-aside')
@Roles('administrator')
export class SetAsideController {
  constructor(
    private readonly setAside: SetAsideStore,
    private readonly clock: Clock,
  ) {}

  @Get()
  async list(): Promise<SetAsideListView> {
    return { items: (await this.setAside.list(SHOWN_AT_MOST)).map(view) };
  }

  @Post(':id/replay')
  @HttpCode(202)
  async replay(@Param('id') id: string): Promise<{ replayed: true }> {
    const result = await this.setAside.replay(id, this.clock.now());
    if (result.ok) return { replayed: true };
    switch (result.code) {
      case 'setAside.unknown':
        throw new ProblemException('resource.notFound', { detail: 'Không có thông điệp này.' });
      case 'setAside.alreadyReplayed':
        throw new ProblemException('resource.conflict', {
          detail: 'Thông điệp này đã được gửi lại trước đó.',
        });
      case 'setAside.nothingToReplay':
        throw new ProblemException('resource.conflict', {
          detail: 'Thông điệp này không có bản gốc để gửi lại.',
        });
    }
  }
}

function view(message: SetAsideMessage): SetAsideView {
  return {
    id: message.id,
    queue: message.queue,
    jobId: message.jobId,
    name: message.envelope?.name ?? null,
    reason: message.reason,
    attempts: message.attempts,
    setAsideAt: new Date(message.setAsideAt).toISOString(),
    replayedAt: message.replayedAt === null ? null : new Date(message.replayedAt).toISOString(),
    raw: message.raw.slice(0, RAW_SHOWN),
  };
}
