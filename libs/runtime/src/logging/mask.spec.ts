import { maskPersonalData } from './mask';

describe('maskPersonalData', () => {
  it.each([
    ['sent to vanthu.11560-001@haiphong.demo.invalid twice', 'sent to [e-mail] twice'],
    ['"to":"văn.thư@ví-dụ.vn"', '"to":"[e-mail]"'],
    ['number 0912345678 refused', 'number [phone] refused'],
    ['"0912 345 678"', '"[phone]"'],
    ['+84912345678', '[phone]'],
    ['84.912.345.678', '[phone]'],
    ['0225 3842 345', '[phone]'],
  ])('masks %s', (line, masked) => {
    expect(maskPersonalData(line)).toBe(masked);
  });

  it.each([
    '{"time":"2026-11-14T09:00:00.000Z","level":"info"}',
    'job 01987654-3210-7123-8456-001234567890 done',
    'pid 1234567 at 1763700000000 ms',
    'receipt 20261114-0000012345',
    'requirement 14-CTR-TU-THANG, 11560-012',
    'listening on 127.0.0.1:3000',
    'took 0.0123456789 s',
  ])('leaves %s', (line) => {
    expect(maskPersonalData(line)).toBe(line);
  });
});
