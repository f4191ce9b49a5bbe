import { readComparisonSearch, readLedgerSearch, readNodeSearch, readReportsSearch } from './search-params';

it('reads the filters of a list as they stand in the address', () => {
  const filters = {
    tim: 'minh khai',
    'trang-thai': 'overdue',
    'yeu-cau': '14-CTR-TU-THANG',
    ky: '2026-11',
    xep: 'han',
  };
  expect(readReportsSearch(filters)).toEqual(filters);
  const node = {
    tim: 'a',
    xep: '-overdue',
    'tim-bao-cao': 'b',
    'trang-thai': 'rejected',
    'xep-bao-cao': 'unit',
  };
  expect(readNodeSearch(node)).toEqual(node);
  const comparison = { 'chi-tieu': 'members', tim: 'a', xep: '-yearToDate' };
  expect(readComparisonSearch(comparison)).toEqual(comparison);
  const ledger = { tim: 'a', 'yeu-cau': 'b', ky: '2026-11', nac: 'overdue', 'trang-thai': 'failed' };
  expect(readLedgerSearch(ledger)).toEqual(ledger);
  expect(readLedgerSearch({ ...ledger, 'trang-thai': 'overdue' })).not.toHaveProperty('trang-thai');
});

it('takes a number for the text it is, and what is no filter for none', () => {
  expect(readReportsSearch({ tim: 11560, ky: 2026 })).toEqual({ tim: '11560', ky: '2026' });
  expect(
    readReportsSearch({ tim: '', 'trang-thai': 'unheard', xep: 'tuổi', ky: ['2026-11'], other: 'x' }),
  ).toEqual({});
  expect(readNodeSearch({ tim: null, 'trang-thai': 4 })).toEqual({});
});
