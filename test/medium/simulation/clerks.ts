import { aContradiction, aPayload } from '../aggregator/a-report';
import type { PlantedTree, PlantedUnit } from '../aggregator/planted-tree';
import type { Chance } from './chance';

/** One report that a clerk wants to hand in, sent again with the same key until there is an answer. */
export interface Intent {
  readonly key: string;
  readonly unit: number;
  /** What its figures follow from (`aPayload`). */
  readonly size: number;
  /** The one figure that a correction gives anew; null: it follows from the size as well. */
  readonly sessions: number | null;
  /** Whether its figures contradict each other, so that it must be rejected. */
  readonly contradictory: boolean;
  readonly basedOn: string | null;
  /** The receipt, once it was answered. */
  receipt: string | null;
}

/** A small city, drawn by chance: who is above whom, who is asked, who is exempt. */
export function drawUnits(chance: Chance): readonly PlantedUnit[] {
  const count = 3 + chance.below(6);
  return Array.from({ length: count }, (_, index) => ({
    parent: index === 0 ? null : chance.below(index),
    asked: index === 1 || chance.happens(0.85),
    exempt: index > 1 && chance.happens(0.1),
  }));
}

/** Clerks who hand in new reports, corrections that have seen the latest, and corrections that have not. */
export class Clerks {
  readonly intents: Intent[] = [];

  constructor(
    private readonly chance: Chance,
    private readonly tree: PlantedTree,
  ) {}

  /** A new report of any unit that is asked. */
  next(): Intent {
    const asked = this.tree.obligationIds.flatMap((id, unit) => (id === null ? [] : [unit]));
    const unit = this.chance.pick(asked);
    const seen = this.intents.flatMap((intent) =>
      intent.unit === unit && intent.receipt !== null ? [intent.receipt] : [],
    );
    const intent: Intent = {
      key: `key-${String(this.intents.length)}`,
      unit,
      size: this.chance.below(500),
      sessions: null,
      contradictory: this.chance.happens(0.2),
      basedOn: this.chance.happens(0.7)
        ? (seen.at(-1) ?? null)
        : seen.length > 0
          ? this.chance.pick(seen)
          : null,
      receipt: null,
    };
    this.intents.push(intent);
    return intent;
  }

  /** A correction of what stands: the same report with another number of sessions. */
  correct(unit: number, standing: Intent): Intent {
    const intent: Intent = {
      key: `key-${String(this.intents.length)}`,
      unit,
      size: standing.size,
      sessions: this.chance.below(500),
      contradictory: false,
      basedOn: standing.receipt,
      receipt: null,
    };
    this.intents.push(intent);
    return intent;
  }

  unanswered(): readonly Intent[] {
    return this.intents.filter((intent) => intent.receipt === null);
  }
}

export function payloadOf({ size, sessions, contradictory }: Intent): ReturnType<typeof aPayload> {
  if (contradictory) return aContradiction(size);
  return aPayload(size, sessions === null ? {} : { sessions });
}
