import type { UnitKind, UnitLevel } from '@mach/domain';
import type { Branch } from './branch';
import { communeBranches } from './commune-branches';
import { readCommunes } from './communes';
import { upperCommittees } from './upper-committees';

/** A unit of the generated tree, with the id it will have. */
export interface SeedUnit {
  readonly id: number;
  readonly code: string;
  readonly level: UnitLevel;
  readonly kind: UnitKind;
  readonly name: string;
  readonly parentId: number | null;
  readonly population: number | null;
  readonly tile: { readonly col: number; readonly row: number } | null;
}

/** The city has about 10,000 cells. */
const CELLS = 10_000;
const FEWEST_CELLS = 6;

interface Top {
  readonly unit: Omit<SeedUnit, 'id' | 'parentId'>;
  readonly branches: readonly Branch[];
}

/**
 * The whole tree: the city, its 114 communes' committees and 4 upper-level committees, and about 10,000
 * cells. Nothing in it is left to chance: every call gives the same units with the same ids.
 */
export function organisationTree(): SeedUnit[] {
  const city: SeedUnit = {
    id: 1,
    code: 'HP',
    level: 'city',
    kind: 'city',
    name: 'Thành ủy Hải Phòng',
    parentId: null,
    population: null,
    tile: null,
  };
  const tops = committees();
  const units: SeedUnit[] = [
    city,
    ...tops.map(({ unit }, index) => ({ ...unit, id: index + 2, parentId: city.id })),
  ];
  tops.forEach(({ branches }, index) => {
    append(units, units[index + 1] ?? city, branches);
  });
  return units;
}

/** Children are numbered inside their parent (`11560-001`), whatever their level. */
function append(units: SeedUnit[], parent: SeedUnit, branches: readonly Branch[]): void {
  branches.forEach((branch, index) => {
    const { level, kind, name } = branch;
    const code = `${parent.code}-${String(index + 1).padStart(3, '0')}`;
    const unit: SeedUnit = {
      id: units.length + 1,
      code,
      level,
      kind,
      name,
      parentId: parent.id,
      population: null,
      tile: null,
    };
    units.push(unit);
    append(units, unit, branch.children);
  });
}

function committees(): Top[] {
  const communes = readCommunes();
  const upper = upperCommittees();
  const population = communes.reduce((sum, commune) => sum + commune.population, 0);
  const cells = CELLS - upper.reduce((sum, committee) => sum + cellsIn(committee.branches), 0);
  return [
    ...communes.map((commune) => {
      const { code, kind, tile } = commune;
      const count = Math.max(FEWEST_CELLS, Math.round((cells * commune.population) / population));
      return {
        unit: {
          code,
          level: 'committee' as const,
          kind,
          name: `Đảng ủy ${commune.fullName}`,
          population: commune.population,
          tile,
        },
        branches: communeBranches(commune, count),
      };
    }),
    ...upper.map(({ code, kind, name, branches }) => ({
      unit: { code, level: 'committee' as const, kind, name, population: null, tile: null },
      branches,
    })),
  ];
}

function cellsIn(branches: readonly Branch[]): number {
  return branches.reduce((sum, branch) => sum + (branch.level === 'cell' ? 1 : cellsIn(branch.children)), 0);
}
