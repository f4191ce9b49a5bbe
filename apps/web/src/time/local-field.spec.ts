import { fromLocalField, localFieldValue } from './local-field';

it('goes through a datetime-local field and back, in Hải Phòng time', () => {
  const instant = Date.parse('2026-11-14T09:05:00+07:00');
  const field = localFieldValue(instant);
  expect(field).toBe('2026-11-14T09:05');
  expect(Date.parse(fromLocalField(field) ?? '')).toBe(instant);
  expect(fromLocalField('2026-11')).toBeNull();
});
