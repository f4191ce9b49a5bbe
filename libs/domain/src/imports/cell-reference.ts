/** The letters of a spreadsheet's column: `A`, `Z`, `AA` … for 0, 25, 26. */
export function columnLetters(index: number): string {
  let letters = '';
  for (let left = index + 1; left > 0; left = Math.floor((left - 1) / 26))
    letters = String.fromCharCode(65 + ((left - 1) % 26)) + letters;
  return letters;
}

/** The index of a cell's column: 27 for `AB17`; -1 when it names none. */
export function columnIndex(reference: string): number {
  let index = 0;
  for (const letter of reference) {
    const place = letter.charCodeAt(0) - 64;
    if (place < 1 || place > 26) break;
    index = index * 26 + place;
  }
  return index - 1;
}
