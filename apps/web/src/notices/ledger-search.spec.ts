import { isSearched, ledgerSearch } from './ledger-search';

test('what the ledger is searched by is read from the address, and nothing else', () => {
  expect(ledgerSearch({ q: 'thủy nguyên', state: 'failed', step: 'overdue', other: 1 })).toEqual({
    q: 'thủy nguyên',
    state: 'failed',
    step: 'overdue',
  });
  expect(ledgerSearch({ q: 11560, period: '2026-11' })).toEqual({ q: '11560', period: '2026-11' });
  expect(ledgerSearch({ q: '  ', state: 'lost', requirement: { a: 1 } })).toEqual({});
  expect([isSearched({}), isSearched({ q: 'a' })]).toEqual([false, true]);
});
