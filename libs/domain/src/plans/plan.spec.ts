import { PLAN_TYPE_NAMES, PLAN_TYPES, planSymbol } from './plan';

it.each([
  ['CTr', 14, 'TU', '14-CTr/TU'],
  ['QC', 6, 'TU', '06-QC/TU'],
  ['KL', 199, 'TW', '199-KL/TW'],
  ['KH', 1, 'ĐU', '01-KH/ĐU'],
] as const)('writes %s %i of %s as %s', (type, number, body, symbol) => {
  expect(planSymbol(type, number, body)).toBe(symbol);
});

it('has a name for every type', () => {
  expect(Object.keys(PLAN_TYPE_NAMES)).toEqual([...PLAN_TYPES]);
});
