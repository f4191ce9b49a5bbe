import { type Branch, cell, grassroots } from './branch';
import type { Commune } from './communes';
import { SeededRandom } from './seeded-random';

const SCHOOLS = ['Trường Mầm non', 'Trường Tiểu học', 'Trường THCS'];
const TRADES = [
  'Hợp tác xã Dịch vụ',
  'Quỹ Tín dụng nhân dân',
  'Công ty TNHH May',
  'Công ty cổ phần Cơ khí',
  'Công ty cổ phần Xây dựng',
  'Công ty TNHH Vận tải',
  'Công ty cổ phần Chế biến thực phẩm',
  'Công ty TNHH Bao bì',
  'Công ty TNHH Điện tử',
  'Công ty cổ phần Dịch vụ thương mại',
];
/** Below this many cells a commune has no grass-roots organisation of its own in the generated tree. */
const LARGE_ENOUGH = 30;

/**
 * What stands under the committee of one commune: `cellCount` cells of the four sorts, some of them under
 * grass-roots organisations.
 */
export function communeBranches(commune: Commune, cellCount: number): Branch[] {
  const random = new SeededRandom(commune.code);
  const organisations = cellCount < LARGE_ENOUGH ? [] : grassrootsOf(commune, random);
  const direct =
    cellCount - organisations.reduce((sum, organisation) => sum + organisation.children.length, 0);
  const armed = armedForces(commune);
  const civil = direct - armed.length;
  // Three in five are residential, give or take; of the others two in three are public bodies.
  const residential = Math.max(1, Math.round((civil * (57 + random.below(7))) / 100));
  const publicBodies = Math.round(((civil - residential) * (60 + random.below(11))) / 100);
  return [
    ...residentialCells(commune, residential),
    ...publicCells(commune, publicBodies),
    ...enterpriseCells(commune, civil - residential - publicBodies, random),
    ...armed,
    ...organisations,
  ];
}

/**
 * Villages (thôn) of a xã, street groups (tổ dân phố) of a phường, residential areas (khu dân cư) elsewhere;
 * numbered inside each former commune.
 */
function residentialCells(commune: Commune, count: number): Branch[] {
  const word =
    commune.kind === 'xa'
      ? 'thôn'
      : commune.kind === 'phuong' && commune.formerProvince === 'Hải Phòng'
        ? 'tổ dân phố số'
        : 'khu dân cư số';
  const { places } = commune;
  return places.flatMap((place, index) => {
    const share = Math.floor(count / places.length) + (index < count % places.length ? 1 : 0);
    const suffix = places.length === 1 ? '' : ` ${place}`;
    return Array.from({ length: share }, (_, number) =>
      cell('residential', `${word} ${String(number + 1)}${suffix}`),
    );
  });
}

function publicCells(commune: Commune, count: number): Branch[] {
  const offices = [
    `Cơ quan Đảng, đoàn thể ${commune.fullName}`,
    `Ủy ban nhân dân ${commune.fullName}`,
    `Trạm Y tế ${commune.fullName}`,
    `Trung tâm Phục vụ hành chính công ${commune.fullName}`,
  ];
  const names = [...offices, ...numbered(SCHOOLS, commune.places, count)];
  return names.slice(0, count).map((name) => cell('public_service', name));
}

function enterpriseCells(commune: Commune, count: number, random: SeededRandom): Branch[] {
  const first = random.below(TRADES.length);
  const trades = [...TRADES.slice(first), ...TRADES.slice(0, first)];
  return numbered(trades, commune.places, count).map((name) => cell('enterprise', name));
}

function armedForces(commune: Commune): Branch[] {
  const names = [`Quân sự ${commune.fullName}`, `Công an ${commune.fullName}`];
  return [...names, ...(commune.kind === 'dac_khu' ? ['Đồn Biên phòng'] : [])].map((name) =>
    cell('armed_forces', name),
  );
}

function grassrootsOf(commune: Commune, random: SeededRandom): Branch[] {
  const place = commune.places[random.below(commune.places.length)] ?? commune.name;
  const school = grassroots(
    `Trường THPT ${place}`,
    ['Hành chính', 'Khoa học tự nhiên', 'Khoa học xã hội', 'Ngoại ngữ - Tin học']
      .slice(0, 2 + random.below(3))
      .map((name) => cell('public_service', name)),
  );
  const works = grassroots(`Công ty cổ phần Sản xuất ${place}`, [
    cell('enterprise', 'Khối Văn phòng'),
    ...Array.from({ length: 1 + random.below(3) }, (_, index) =>
      cell('enterprise', `Phân xưởng ${String(index + 1)}`),
    ),
  ]);
  return random.below(2) === 0 ? [school] : [school, works];
}

/** The first `count` names of kind × place, and then again with «số 2», «số 3» …: never the same twice. */
function numbered(kinds: readonly string[], places: readonly string[], count: number): string[] {
  return Array.from({ length: count }, (_, index) => {
    const kind = kinds[index % kinds.length] ?? '';
    const place = places[Math.floor(index / kinds.length) % places.length] ?? '';
    const round = Math.floor(index / (kinds.length * places.length)) + 1;
    return round === 1 ? `${kind} ${place}` : `${kind} ${place} số ${String(round)}`;
  });
}
