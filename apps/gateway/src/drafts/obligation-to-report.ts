import { Injectable } from '@nestjs/common';
import type { ObligationWindow } from '@mach/domain';
import { ObligationReads } from '@mach/persistence';
import { Reach } from '../directory/reach';
import { ProblemException } from '../problems/problem.exception';
import type { Account } from '../session/account';

/** An obligation whose report this account may fill in. */
export interface ObligationToReport extends ObligationWindow {
  readonly id: number;
}

/** Finds the obligation that a path names, for those alone who hand in its report. */
@Injectable()
export class ObligationsToReport {
  constructor(
    private readonly obligations: ObligationReads,
    private readonly reach: Reach,
  ) {}

  /** Throws `resource.notFound` or `auth.forbidden`. */
  async find(account: Account, typed: string): Promise<ObligationToReport> {
    const id = /^\d{1,15}$/.test(typed) ? Number(typed) : null;
    const found = id === null ? null : await this.obligations.window(id);
    if (id === null || found === null)
      throw new ProblemException('resource.notFound', { detail: 'Không có báo cáo này.' });
    if (!(await this.reach.reportsFor(account, found.unitId))) throw new ProblemException('auth.forbidden');
    return { id, exempt: found.exempt, opensAt: found.opensAt, closesAt: found.closesAt };
  }
}
