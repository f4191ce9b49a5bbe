import { foldedText } from './folded-text';

describe('foldedText', () => {
  it('leaves alone what is hardly longer than its beginning', () => {
    expect(foldedText('từ '.repeat(133))).toBeNull();
  });

  it('ends with a whole word', () => {
    const folded = foldedText('Đảng viên '.repeat(60)) ?? '';
    expect(folded.length).toBeLessThanOrEqual(300);
    expect(folded).toMatch(/^(Đảng viên )*Đảng viên$|^(Đảng viên )*Đảng$/);
  });

  it('cuts a word that never ends, and no character in two', () => {
    expect(foldedText('😀'.repeat(500))).toBe('😀'.repeat(300));
  });
});
