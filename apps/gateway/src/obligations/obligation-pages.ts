import { Injectable } from '@nestjs/common';
import type { ObligationView } from '@mach/contracts';
import { ObligationReads, type ObligationFilter, type ObligationRead } from '@mach/persistence';
import { Clock } from '@mach/runtime';
import type { ObligationQuery } from './obligation-query';
import { obligationView } from './obligation-views';

export interface ObligationPage {
  readonly items: readonly ObligationView[];
  /** Cursor of the next page, null on the last. */
  readonly next: string | null;
}

/**
 * A state is decided by the clock, so it is filtered here and not in SQL; a page then looks at no more than
 * this many obligations.
 */
const LOOKED_AT_MOST = 12_000;
const READ_AT_ONCE = 1_000;

/** Pages of obligations, soonest deadline first. */
@Injectable()
export class ObligationPages {
  constructor(
    private readonly obligations: ObligationReads,
    private readonly clock: Clock,
  ) {}

  /** `unitIds` null means every unit. */
  async page(query: ObligationQuery, unitIds: readonly number[] | null): Promise<ObligationPage> {
    const now = this.clock.now();
    const items: ObligationView[] = [];
    let after = cursorOf(query.cursor);
    for (let looked = 0; looked < LOOKED_AT_MOST; looked += READ_AT_ONCE) {
      const limit = query.state === undefined ? query.limit + 1 : READ_AT_ONCE;
      const read = await this.obligations.page({
        unitIds,
        requirement: query.requirement ?? null,
        period: query.period ?? null,
        after,
        limit,
      });
      for (const one of read) {
        const view = obligationView(one, now);
        if (query.state !== undefined && !query.state.includes(view.state)) continue;
        if (items.length === query.limit) return { items, next: cursor(after) };
        items.push(view);
        after = placeOf(one);
      }
      const last = read.at(-1);
      if (last === undefined || read.length < limit) return { items, next: null };
      after = placeOf(last);
    }
    return { items, next: cursor(after) };
  }
}

type Place = NonNullable<ObligationFilter['after']>;

function placeOf(read: ObligationRead): Place {
  return { deadline: read.standing.deadline, id: read.id };
}

function cursor(place: Place | null): string | null {
  return place === null ? null : `${String(place.deadline)}.${String(place.id)}`;
}

function cursorOf(text: string | undefined): Place | null {
  const [deadline, id] = text?.split('.').map(Number) ?? [];
  return deadline === undefined || id === undefined ? null : { deadline, id };
}
