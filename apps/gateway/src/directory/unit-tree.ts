import { finder, searchable, type Unit } from '@mach/domain';

/** More steps up than any real organisation has: a loop in the data must not loop here. */
const DEEPEST = 50;

/** The organisation as it stands, for looking up units and answering "is this one below that one". */
export class UnitTree {
  private readonly units: ReadonlyMap<number, Unit>;
  private readonly codes: ReadonlyMap<string, Unit>;
  private readonly children = new Map<number, Unit[]>();
  /** Made when someone first searches this tree. */
  private texts: readonly { readonly id: number; readonly text: string }[] | null = null;

  constructor(units: readonly Unit[]) {
    this.units = new Map(units.map((unit) => [unit.id, unit]));
    this.codes = new Map(units.map((unit) => [unit.code, unit]));
    for (const unit of units) {
      if (unit.parentId === null) continue;
      const siblings = this.children.get(unit.parentId);
      if (siblings === undefined) this.children.set(unit.parentId, [unit]);
      else siblings.push(unit);
    }
  }

  byCode(code: string): Unit | undefined {
    return this.codes.get(code);
  }

  byId(unitId: number): Unit | undefined {
    return this.units.get(unitId);
  }

  /** Those right below it. */
  childrenOf(unitId: number): readonly Unit[] {
    return this.children.get(unitId) ?? [];
  }

  /** Whether `unitId` is `ancestorId` or stands anywhere below it. */
  isWithin(unitId: number, ancestorId: number): boolean {
    let at: number | null | undefined = unitId;
    for (let steps = 0; steps < DEEPEST && at !== null && at !== undefined; steps += 1) {
      if (at === ancestorId) return true;
      at = this.units.get(at)?.parentId;
    }
    return false;
  }

  /** The unit right below the top under which `unitId` stands; the unit itself at the top. */
  branchOf(unitId: number): number {
    let at = this.units.get(unitId);
    for (let steps = 0; steps < DEEPEST && at !== undefined && at.parentId !== null; steps += 1) {
      const above = this.units.get(at.parentId);
      if (above === undefined || above.parentId === null) return at.id;
      at = above;
    }
    return at?.id ?? unitId;
  }

  /** Ids of the units whose code or name has every word of `query`, accents and case ignored. */
  matching(query: string): number[] {
    this.texts ??= [...this.units.values()].map(({ id, code, name }) => ({
      id,
      text: searchable(code, name),
    }));
    const finds = finder(query);
    return this.texts.filter(({ text }) => finds(text)).map(({ id }) => id);
  }

  /** Ids of `unitId` and everything below it. */
  subtree(unitId: number): number[] {
    const found = new Set([unitId]);
    for (const id of found) {
      for (const child of this.children.get(id) ?? []) found.add(child.id);
    }
    return [...found];
  }
}
