import { spreadCells, type FormDefinition } from '@mach/domain';
import { useState } from 'react';

/** What became of cells that were pasted into the field `ref`. */
export interface Pasted {
  readonly ref: string;
  readonly ok: boolean;
  readonly words: string;
}

export interface Pasting {
  readonly pasted: Pasted | null;
  readonly paste: (ref: string, text: string) => boolean;
  /** Something is typed: what was said of the pasting has been read. */
  readonly forget: () => void;
}

/** Cells copied from a spreadsheet fill the fields one by one, or are refused with words; never run together. */
export function usePasting(definition: FormDefinition, change: (ref: string, text: string) => void): Pasting {
  const [pasted, setPasted] = useState<Pasted | null>(null);
  return {
    pasted,
    paste: (ref, text) => {
      const spread = spreadCells(definition, ref, text);
      if (spread === null) return false;
      if (spread.kind === 'refused') {
        setPasted({ ref, ok: false, words: spread.message });
        return true;
      }
      for (const [target, cell] of spread.texts) change(target, cell);
      const words = `Đã dán ${String(spread.texts.length)} giá trị vào ${String(spread.texts.length)} ô liền nhau, kể từ ô này. Đề nghị soát lại từng ô.`;
      setPasted({ ref, ok: true, words });
      return true;
    },
    forget: () => {
      setPasted(null);
    },
  };
}
