import { Controller, Get, Param } from '@nestjs/common';
import type { PrefillView } from '@mach/contracts';
import { prefillOf } from '@mach/domain';
import { ObligationReads, PrefillReads } from '@mach/persistence';
import { Reach } from '../directory/reach';
import { ProblemException } from '../problems/problem.exception';
import type { Account } from '../session/account';
import { CurrentAccount } from '../session/current-account.decorator';
import { AnyAccount } from '../session/roles.decorator';
import { ReadFactsBeside } from './read-facts-beside';

/** What of a report is known already, for whoever sees the unit. */
@Controller('obligations/:id/prefill')
@AnyAccount()
export class PrefillController {
  constructor(
    private readonly obligations: ObligationReads,
    private readonly known: PrefillReads,
    private readonly beside: ReadFactsBeside,
    private readonly reach: Reach,
  ) {}

  @Get()
  async read(@CurrentAccount() account: Account, @Param('id') typed: string): Promise<PrefillView> {
    const id = /^\d{1,15}$/.test(typed) ? Number(typed) : null;
    const asked = id === null ? null : await this.obligations.detail(id);
    if (asked === null) throw new ProblemException('resource.notFound', { detail: 'Không có báo cáo này.' });
    await this.reach.require(account, asked.unit.id);
    const [known, facts] = await Promise.all([
      this.known.of(asked.id),
      this.beside.tell(String(asked.id), asked.form.versionId),
    ]);
    if (known === null) throw new Error(`obligation ${String(asked.id)} is gone while it is read`);
    const { window, previous, elsewhere } = known;
    const period = { ...asked.period, ...window };
    const prefill = prefillOf({ definition: asked.form.definition, period, previous, elsewhere });
    return { ...prefill, known: facts };
  }
}
