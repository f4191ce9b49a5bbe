import { refusePlacement } from './placement';

describe('where a unit may stand', () => {
  it.each([
    ['committee', 'phuong', 'city'],
    ['grassroots', 'grassroots', 'committee'],
    ['grassroots', 'grassroots', 'grassroots'],
    ['cell', 'residential', 'committee'],
    ['cell', 'enterprise', 'grassroots'],
  ] as const)('lets a %s (%s) stand under a %s', (level, kind, parent) => {
    expect(refusePlacement(level, kind, parent)).toBeNull();
  });

  it.each([
    ['cell', 'residential', 'city', '/parent', 'unit.misplaced'],
    ['cell', 'residential', 'cell', '/parent', 'unit.misplaced'],
    ['committee', 'xa', 'committee', '/parent', 'unit.misplaced'],
    ['city', 'city', 'city', '/parent', 'unit.misplaced'],
    ['cell', 'xa', 'committee', '/kind', 'unit.kindNotOfLevel'],
  ] as const)('refuses a %s (%s) under a %s', (level, kind, parent, pointer, code) => {
    expect(refusePlacement(level, kind, parent)).toMatchObject({ pointer, code });
  });
});
