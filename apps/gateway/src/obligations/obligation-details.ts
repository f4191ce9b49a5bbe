import type { ObligationDetailView } from '@mach/contracts';
import { FormStore, ObligationReads, type ObligationDetailRead } from '@mach/persistence';
import { Clock } from '@mach/runtime';
import { Injectable } from '@nestjs/common';
import { formView, obligationView, statusView } from './obligation-views';

/** One obligation with its form, whose rules are read here so that no browser has to. */
@Injectable()
export class ObligationDetails {
  constructor(
    private readonly obligations: ObligationReads,
    private readonly forms: FormStore,
    private readonly clock: Clock,
  ) {}

  /** Null when there is none with this id. */
  async read(id: number): Promise<ObligationDetailRead | null> {
    return this.obligations.detail(id);
  }

  async show(read: ObligationDetailRead): Promise<ObligationDetailView> {
    const { latest, form } = read;
    const formOf = await this.forms.compiledForms([form.versionId]);
    const about = { requirement: read.requirement.code, period: read.period.key, unit: read.unit };
    return {
      ...obligationView(read, this.clock.now()),
      ...formView(read),
      rules: formOf(form.versionId).rules,
      latest: latest === null ? null : { status: statusView(latest, about), payload: latest.payload },
    };
  }
}
