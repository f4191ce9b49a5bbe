import type { KeyboardEvent } from 'react';

/**
 * Enter in a field of one line goes on to the next field of the form, as in a spreadsheet, and never sends. In a
 * passage of text it begins a new line.
 */
export function goOnByEnter(event: KeyboardEvent<HTMLFormElement>): void {
  const field = event.target;
  if (event.key !== 'Enter' || !(field instanceof HTMLInputElement)) return;
  event.preventDefault();
  // An input method ends a syllable by Enter; that is not the end of the field.
  if (event.nativeEvent.isComposing) return;
  const fields = [
    ...event.currentTarget.querySelectorAll<HTMLInputElement | HTMLTextAreaElement>('input, textarea'),
  ];
  fields[fields.indexOf(field) + 1]?.focus();
}
