import { refusePlacement } from '@mach/domain';
import { organisationTree } from './organisation-tree';

const tree = organisationTree();
const byId = new Map(tree.map((unit) => [unit.id, unit]));

function depthOf(id: number): number {
  const parentId = byId.get(id)?.parentId ?? null;
  return parentId === null ? 0 : 1 + depthOf(parentId);
}

describe('the generated organisation', () => {
  it('has the city, 114 communes in their three kinds, 4 upper-level committees and about 10,000 cells', () => {
    const count = (key: 'level' | 'kind', value: string) => tree.filter((unit) => unit[key] === value).length;
    expect(count('level', 'city')).toBe(1);
    expect([count('kind', 'xa'), count('kind', 'phuong'), count('kind', 'dac_khu')]).toEqual([67, 45, 2]);
    expect(count('level', 'committee')).toBe(118);
    expect(Math.abs(count('level', 'cell') - 10_000)).toBeLessThan(100);
    for (const kind of ['residential', 'public_service', 'enterprise', 'armed_forces'])
      expect(count('kind', kind)).toBeGreaterThan(200);
  });

  it('is the same every time', () => {
    expect(organisationTree()).toEqual(tree);
  });

  it('gives ids without gaps, unique codes, and names that are unique under a parent', () => {
    expect(tree.map((unit) => unit.id)).toEqual(tree.map((_, index) => index + 1));
    expect(new Set(tree.map((unit) => unit.code)).size).toBe(tree.length);
    const doubles = tree
      .map((unit) => `${String(unit.parentId)} ${unit.name}`)
      .filter((name, index, all) => all.indexOf(name) !== index);
    expect(doubles).toEqual([]);
    expect(
      tree.filter(
        (unit) => unit.name !== unit.name.trim().normalize('NFC') || /\s{2}|undefined/.test(unit.name),
      ),
    ).toEqual([]);
  });

  it('puts every unit where its level may stand', () => {
    const misplaced = tree.filter((unit) => {
      const parent = unit.parentId === null ? undefined : byId.get(unit.parentId);
      return parent !== undefined && refusePlacement(unit.level, unit.kind, parent.level) !== null;
    });
    expect(misplaced).toEqual([]);
  });

  it('is deeper than three levels for some cells', () => {
    const depths = tree.filter((unit) => unit.level === 'cell').map((unit) => depthOf(unit.id));
    expect(Math.max(...depths)).toBe(4);
    const deep = depths.filter((depth) => depth > 2).length / depths.length;
    expect(deep).toBeGreaterThan(0.05);
    expect(deep).toBeLessThan(0.2);
  });

  it('gives a commune cells in proportion to its people', () => {
    const communes = tree.filter((unit) => unit.population !== null);
    const cellsUnder = (code: string) =>
      tree.filter((unit) => unit.level === 'cell' && unit.code.startsWith(`${code}-`)).length;
    const all = communes.reduce((sum, unit) => sum + (unit.population ?? 0), 0);
    const cells = communes.reduce((sum, unit) => sum + cellsUnder(unit.code), 0);
    for (const unit of communes) {
      const share = ((unit.population ?? 0) / all) * cells;
      expect(Math.abs(cellsUnder(unit.code) - share)).toBeLessThanOrEqual(6);
    }
  });
});
