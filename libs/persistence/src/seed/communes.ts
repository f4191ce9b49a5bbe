import { readSeedCsv } from './seed-files';

export type CommuneKind = 'xa' | 'phuong' | 'dac_khu';

/** One of the 114 commune-level units (xã, phường, đặc khu). */
export interface Commune {
  /** The national code. */
  readonly code: string;
  /** `Thủy Nguyên` */
  readonly name: string;
  readonly kind: CommuneKind;
  /** `phường Thủy Nguyên` */
  readonly fullName: string;
  readonly formerProvince: string;
  readonly population: number;
  readonly tile: { readonly col: number; readonly row: number };
  /**
   * Names of the communes it was made from on 1 July 2025, without doubles; its own name when there are none.
   */
  readonly places: readonly string[];
}

const KIND_NAMES: Readonly<Record<CommuneKind, string>> = { xa: 'xã', phuong: 'phường', dac_khu: 'đặc khu' };

/** The 114 communes in the order of the list. */
export function readCommunes(): Commune[] {
  const places = readPlaces();
  return readSeedCsv('haiphong-communes.csv').map((row) => {
    const code = field(row, 'code');
    const name = field(row, 'name');
    const kind = kindOf(field(row, 'type'));
    return {
      code,
      name,
      kind,
      fullName: `${KIND_NAMES[kind]} ${name}`,
      formerProvince: field(row, 'formerProvince'),
      population: Number(field(row, 'population2025')),
      tile: { col: Number(field(row, 'tileCol')), row: Number(field(row, 'tileRow')) },
      places: places.get(code) ?? [name],
    };
  });
}

function readPlaces(): Map<string, string[]> {
  const places = new Map<string, string[]>();
  for (const row of readSeedCsv('haiphong-mergers-2025.csv')) {
    const place = field(row, 'formerName').replace(/^(?:Xã|Phường|Thị trấn|Huyện)\s+/u, '');
    const known = places.get(field(row, 'newCode'));
    if (known === undefined) places.set(field(row, 'newCode'), [place]);
    else if (!known.includes(place)) known.push(place);
  }
  return places;
}

function field(row: ReadonlyMap<string, string>, column: string): string {
  const value = row.get(column);
  if (value === undefined || value === '') throw new Error(`the seed file has no ${column}`);
  return value;
}

function kindOf(text: string): CommuneKind {
  if (text === 'xa' || text === 'phuong' || text === 'dac_khu') return text;
  throw new Error(`the seed file has the unknown type ${text}`);
}
