import { Injectable } from '@nestjs/common';
import type { ObligationView } from '@mach/contracts';
import { ObligationReads, type ObligationFilter, type ObligationRead } from '@mach/persistence';
import { Clock } from '@mach/runtime';
import { obligationView } from './obligation-views';
import type { PageQuery } from './page-query';

export interface ObligationPage {
  readonly items: readonly ObligationView[];
  /** Cursor of the next page, null on the last. */
  readonly next: string | null;
}

/** Pages of obligations, soonest deadline first. */
@Injectable()
export class ObligationPages {
  constructor(
    private readonly obligations: ObligationReads,
    private readonly clock: Clock,
  ) {}

  /** `unitIds` null means every unit; of these, what `answering` narrows them to. */
  async page(
    query: PageQuery,
    unitIds: readonly number[] | null,
    answering: Pick<ObligationFilter, 'superiorUnitId' | 'asking'> = { superiorUnitId: null, asking: false },
  ): Promise<ObligationPage> {
    const now = this.clock.now();
    const { state: states } = query;
    // One more than asked for tells whether there is another page.
    const read = await this.obligations.page({
      unitIds,
      ...answering,
      requirement: query.requirement ?? null,
      period: query.period ?? null,
      standing: states === undefined ? null : { states, at: now },
      after: cursorOf(query.cursor),
      limit: query.limit + 1,
    });
    const shown = read.slice(0, query.limit);
    const last = shown.at(-1);
    const next = last === undefined || read.length <= query.limit ? null : cursor(last);
    return { items: shown.map((one) => obligationView(one, now)), next };
  }
}

type Place = NonNullable<ObligationFilter['after']>;

function cursor({ standing, id }: ObligationRead): string {
  return `${String(standing.deadline)}.${String(id)}`;
}

function cursorOf(text: string | undefined): Place | null {
  const [deadline, id] = text?.split('.').map(Number) ?? [];
  return deadline === undefined || id === undefined ? null : { deadline, id };
}
