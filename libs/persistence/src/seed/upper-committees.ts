import type { UnitKind } from '@mach/domain';
import { type Branch, type CellKind, cell, grassroots, officeCells } from './branch';
import { SeededRandom } from './seeded-random';

/** One of the four committees directly under the city that are not communes. */
export interface UpperCommittee {
  readonly code: string;
  readonly kind: UnitKind;
  readonly name: string;
  readonly branches: readonly Branch[];
}

const PARTY_AGENCIES = [
  'Văn phòng Thành ủy',
  'Ban Tổ chức Thành ủy',
  'Ban Tuyên giáo và Dân vận Thành ủy',
  'Ban Nội chính Thành ủy',
  'Cơ quan Ủy ban Kiểm tra Thành ủy',
  'Cơ quan Ủy ban Mặt trận Tổ quốc Việt Nam thành phố',
  'Trường Chính trị thành phố',
  'Tòa án nhân dân thành phố',
  'Viện Kiểm sát nhân dân thành phố',
];
const DEPARTMENTS = [
  'Văn phòng Ủy ban nhân dân thành phố',
  'Sở Công Thương',
  'Sở Dân tộc và Tôn giáo',
  'Sở Du lịch',
  'Sở Giáo dục và Đào tạo',
  'Sở Khoa học và Công nghệ',
  'Sở Ngoại vụ',
  'Sở Nội vụ',
  'Sở Nông nghiệp và Môi trường',
  'Sở Tài chính',
  'Sở Tư pháp',
  'Sở Văn hóa và Thể thao',
  'Sở Xây dựng',
  'Thanh tra thành phố',
  'Ban Quản lý Khu kinh tế',
  'Ban Quản lý dự án giao thông',
  'Ban Quản lý dự án công trình dân dụng',
];
const STATE_ENTERPRISES = [
  'Công ty Cấp nước',
  'Công ty Chiếu sáng đô thị',
  'Công ty Công viên cây xanh',
  'Công ty Khai thác công trình thủy lợi',
  'Công ty Môi trường đô thị',
];
const HOSPITALS = ['Đa khoa', 'Phụ sản', 'Nhi', 'Y học cổ truyền', 'Phổi', 'Mắt'];
const POLICE = [
  'Phòng Tham mưu',
  'Phòng Tổ chức cán bộ',
  'Phòng Công tác đảng và công tác chính trị',
  'Phòng Hậu cần',
  'Phòng Cảnh sát giao thông',
  'Phòng Cảnh sát hình sự',
  'Phòng Cảnh sát kinh tế',
  'Phòng Cảnh sát phòng cháy, chữa cháy',
  'Phòng Quản lý hành chính về trật tự xã hội',
  'Phòng Quản lý xuất nhập cảnh',
  'Phòng An ninh mạng',
  'Phòng Cảnh sát cơ động',
];
const MILITARY = [
  'Phòng Tham mưu',
  'Phòng Chính trị',
  'Phòng Hậu cần - Kỹ thuật',
  'Trường Quân sự thành phố',
  'Ban Chỉ huy Bộ đội Biên phòng',
  ...zones(5),
];

/**
 * The four, each with its grass-roots organisations and their cells; the hospitals show sections, one level
 * deeper.
 */
export function upperCommittees(): UpperCommittee[] {
  return [
    {
      code: 'CQD',
      kind: 'city_party_agencies',
      name: 'Đảng ủy các cơ quan Đảng thành phố',
      branches: [
        cell('public_service', 'Văn phòng Đảng ủy'),
        ...organisations('CQD', PARTY_AGENCIES, 'public_service', 5, 5),
      ],
    },
    {
      code: 'UBND',
      kind: 'city_government',
      name: 'Đảng ủy Ủy ban nhân dân thành phố',
      branches: [
        cell('public_service', 'Văn phòng Đảng ủy'),
        ...organisations('UBND', DEPARTMENTS, 'public_service', 10, 8),
        ...organisations('UBND-DN', STATE_ENTERPRISES, 'enterprise', 8, 6),
        grassroots('Sở Y tế', [...officeCells('public_service', 6), ...HOSPITALS.map(hospital)]),
      ],
    },
    {
      code: 'CATP',
      kind: 'public_security',
      name: 'Đảng ủy Công an thành phố',
      branches: [
        cell('armed_forces', 'Văn phòng Đảng ủy'),
        ...organisations('CATP', POLICE, 'armed_forces', 9, 7),
      ],
    },
    {
      code: 'QSTP',
      kind: 'military',
      name: 'Đảng ủy Quân sự thành phố',
      branches: [
        cell('armed_forces', 'Văn phòng Đảng ủy'),
        ...organisations('QSTP', MILITARY, 'armed_forces', 7, 5),
      ],
    },
  ];
}

function organisations(
  seed: string,
  names: readonly string[],
  kind: CellKind,
  fewest: number,
  spread: number,
): Branch[] {
  const random = new SeededRandom(seed);
  return names.map((name) => grassroots(name, officeCells(kind, fewest + random.below(spread))));
}

function hospital(name: string): Branch {
  return grassroots(
    `bộ phận Bệnh viện ${name}`,
    ['Khối Văn phòng', 'Khoa Khám bệnh', 'Khối Nội', 'Khối Ngoại', 'Khối Cận lâm sàng', 'Khoa Dược'].map(
      (each) => cell('public_service', each),
    ),
  );
}

function zones(count: number): string[] {
  return Array.from({ length: count }, (_, index) => `Ban Chỉ huy phòng thủ khu vực ${String(index + 1)}`);
}
