import { Injectable } from '@nestjs/common';
import { localDateOf, type Period, type Unit } from '@mach/domain';
import {
  DirectoryReads,
  type DirectoryObligation,
  type DirectoryPeriod,
  type DirectoryRequirement,
} from '@mach/persistence';
import { Clock, SystemClock } from '@mach/runtime';
import { Refreshed } from './refreshed';
import { UnitTree } from './unit-tree';

const UNITS = { freshMs: 10_000, staleMs: 60_000, reloadEveryMs: 2_000 };
const RULES = { freshMs: 3_000, staleMs: 30_000, reloadEveryMs: 500 };
const OBLIGATIONS = { freshMs: 5_000, staleMs: 30_000, reloadEveryMs: 1_000 };
/** Requirement × period sets of obligations kept at once; the one used longest ago goes first. */
const SETS_AT_MOST = 24;

interface Rules {
  readonly requirements: ReadonlyMap<string, DirectoryRequirement>;
  readonly requirementsById: ReadonlyMap<string, DirectoryRequirement>;
  readonly periods: readonly DirectoryPeriod[];
}

type ObligationSet = ReadonlyMap<number, DirectoryObligation>;

/**
 * Units, requirements, periods and obligations in memory, read in bulk and refreshed every few seconds, so
 * that letting a report in costs no query. What is not found is looked for again in a fresh reading (at a
 * bounded rate) before it is called unknown.
 */
@Injectable()
export class Directory {
  private readonly tree: Refreshed<UnitTree>;
  private readonly rules: Refreshed<Rules>;
  private readonly obligationSets = new Map<string, Refreshed<ObligationSet>>();

  constructor(
    private readonly reads: DirectoryReads,
    private readonly clock: Clock,
    private readonly realTime: SystemClock,
  ) {
    const now = (): number => this.realTime.now();
    this.tree = new Refreshed(
      async () => new UnitTree(await this.reads.units(localDateOf(this.clock.now()))),
      UNITS,
      now,
    );
    this.rules = new Refreshed(() => this.readRules(), RULES, now);
  }

  units(): UnitTree | Promise<UnitTree> {
    return this.tree.get();
  }

  /** A unit was added, renamed or moved here; other gateways learn of it with their next reading. */
  unitsChanged(): void {
    this.tree.expire();
  }

  async unit(code: string): Promise<Unit | null> {
    return (await this.tree.get()).byCode(code) ?? (await this.tree.reload()).byCode(code) ?? null;
  }

  async requirement(code: string): Promise<DirectoryRequirement | null> {
    return (
      (await this.rules.get()).requirements.get(code) ??
      (await this.rules.reload()).requirements.get(code) ??
      null
    );
  }

  async period(scheme: string, key: string): Promise<DirectoryPeriod | null> {
    const isIt = (period: DirectoryPeriod): boolean => period.scheme === scheme && period.key === key;
    return (
      (await this.rules.get()).periods.find(isIt) ?? (await this.rules.reload()).periods.find(isIt) ?? null
    );
  }

  /** Those of `periods` that were opened. */
  async openedPeriods(periods: readonly Period[]): Promise<readonly DirectoryPeriod[]> {
    const asked = new Set(periods.map(({ scheme, key }) => `${scheme} ${key}`));
    return (await this.rules.get()).periods.filter(({ scheme, key }) => asked.has(`${scheme} ${key}`));
  }

  /** Requirement and period by their ids; null when either does not exist. */
  async byIds(
    requirementId: string,
    periodId: number,
  ): Promise<{ requirement: DirectoryRequirement; period: DirectoryPeriod } | null> {
    const find = (rules: Rules): { requirement: DirectoryRequirement; period: DirectoryPeriod } | null => {
      const requirement = rules.requirementsById.get(requirementId);
      const period = rules.periods.find(({ id }) => id === periodId);
      return requirement === undefined || period === undefined ? null : { requirement, period };
    };
    return find(await this.rules.get()) ?? find(await this.rules.reload());
  }

  /**
   * What the unit owes for this requirement and period: null when nothing, `notOpened` when the period is not
   * opened for anyone.
   */
  async obligation(
    requirementId: string,
    periodId: number,
    unitId: number,
  ): Promise<DirectoryObligation | 'notOpened' | null> {
    const set = this.obligationSet(requirementId, periodId);
    const known = (await set.get()).get(unitId);
    if (known !== undefined) return known;
    const anew = await set.reload();
    return anew.size === 0 ? 'notOpened' : (anew.get(unitId) ?? null);
  }

  /** The window of an obligation was changed here; other gateways learn of it with their next reading. */
  obligationsChanged(requirementId: string, periodId: number): void {
    this.obligationSets.get(`${requirementId} ${String(periodId)}`)?.expire();
  }

  private obligationSet(requirementId: string, periodId: number): Refreshed<ObligationSet> {
    const key = `${requirementId} ${String(periodId)}`;
    let set = this.obligationSets.get(key);
    if (set === undefined) {
      const read = async (): Promise<ObligationSet> =>
        new Map(
          (await this.reads.obligations(requirementId, periodId)).map((obligation) => [
            obligation.unitId,
            obligation,
          ]),
        );
      set = new Refreshed(read, OBLIGATIONS, () => this.realTime.now());
      const oldest = this.obligationSets.keys().next();
      if (this.obligationSets.size >= SETS_AT_MOST && oldest.done !== true)
        this.obligationSets.delete(oldest.value);
    } else {
      this.obligationSets.delete(key);
    }
    this.obligationSets.set(key, set);
    return set;
  }

  private async readRules(): Promise<Rules> {
    const [requirements, periods] = await Promise.all([this.reads.requirements(), this.reads.periods()]);
    return {
      requirements: new Map(requirements.map((requirement) => [requirement.code, requirement])),
      requirementsById: new Map(requirements.map((requirement) => [requirement.id, requirement])),
      periods,
    };
  }
}
