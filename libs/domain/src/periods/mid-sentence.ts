/** A period's label in the middle of a sentence: `Tháng 11/2026` → `tháng 11/2026`, `Quý IV/2026` → `quý IV/2026`. */
export function midSentence(label: string): string {
  return label.slice(0, 1).toLocaleLowerCase('vi') + label.slice(1);
}
