import {
  unitOf,
  type AskedIndicator,
  type Measure,
  type SubtotalIndicator,
  type UnitKind,
  type UnitLevel,
} from '@mach/domain';

export const TYPE_WORDS: Readonly<Record<AskedIndicator['type'], string>> = {
  integer: 'Số nguyên',
  decimal: 'Số thập phân',
  percent: 'Phần trăm',
  money: 'Tiền',
  ratio: 'Tỷ lệ (tử số, mẫu số)',
  choice: 'Chọn một mục',
  yesNo: 'Có hoặc không',
  date: 'Ngày',
  text: 'Chữ ngắn',
};

export const AGGREGATION_WORDS: Readonly<Record<AskedIndicator['aggregation']['kind'], string>> = {
  sum: 'cộng các đơn vị',
  min: 'lấy giá trị nhỏ nhất',
  max: 'lấy giá trị lớn nhất',
  mean: 'bình quân các đơn vị',
  weightedMean: 'bình quân theo trọng số',
  count: 'đếm đơn vị có số liệu',
  ratioOfSums: 'cộng tử số, cộng mẫu số rồi chia',
  distribution: 'đếm đơn vị theo từng mục',
  countOfYes: 'đếm đơn vị trả lời «có»',
  none: 'không tổng hợp',
  compiled: 'đếm số đơn vị có nội dung; ở bảng tổng hợp đọc được nội dung của từng đơn vị',
};

export const TIME_WORDS: Readonly<Record<AskedIndicator['time'], string>> = {
  flow: 'Phát sinh trong kỳ, luỹ kế bằng cách cộng các kỳ',
  stock: 'Tính đến cuối kỳ, luỹ kế lấy kỳ mới nhất',
};

export const LEVEL_WORDS: Readonly<Record<UnitLevel, string>> = {
  city: 'Thành ủy',
  committee: 'Đảng ủy trực thuộc Thành ủy',
  grassroots: 'Đảng bộ, chi bộ cơ sở',
  cell: 'Chi bộ',
};

export const KIND_WORDS: Readonly<Record<UnitKind, string>> = {
  city: 'Thành phố',
  xa: 'Xã',
  phuong: 'Phường',
  dac_khu: 'Đặc khu',
  city_party_agencies: 'Các cơ quan Đảng thành phố',
  city_government: 'Ủy ban nhân dân thành phố',
  public_security: 'Công an',
  military: 'Quân sự',
  grassroots: 'Tổ chức cơ sở đảng',
  residential: 'Khu dân cư',
  public_service: 'Cơ quan, đơn vị sự nghiệp',
  enterprise: 'Doanh nghiệp',
  armed_forces: 'Lực lượng vũ trang',
};

/** What a field of an indicator or narrative is called, where two versions of a form differ in it. */
const FIELD_WORDS: Readonly<Record<string, string>> = {
  label: 'tên',
  definition: 'định nghĩa',
  hint: 'gợi ý',
  section: 'đề mục',
  required: 'bắt buộc hay không',
  parts: 'các phần chia',
  min: 'mức thấp nhất',
  max: 'mức cao nhất',
  scale: 'đơn vị tiền',
  decimals: 'số chữ số thập phân',
  unit: 'đơn vị tính',
  type: 'kiểu',
  aggregation: 'cách tổng hợp',
  options: 'các mục để chọn',
  of: 'các số được cộng',
  time: 'cách tính theo thời gian',
  numeratorLabel: 'tên tử số',
  denominatorLabel: 'tên mẫu số',
  bounded: 'giới hạn của tỷ lệ',
  minLength: 'độ dài ít nhất',
  maxLength: 'độ dài nhiều nhất',
  suggestedLength: 'độ dài gợi ý',
  cumulative: 'luỹ kế từ đầu năm',
  expression: 'công thức',
  severity: 'mức độ',
  message: 'lời nhắc',
  when: 'khi nào áp dụng',
  kinds: 'loại tệp',
  maxFiles: 'số tệp nhiều nhất',
  allowNil: 'cho báo cáo không phát sinh',
  allowSameAsLast: 'cho báo cáo như kỳ trước',
};

export function fieldWords(field: string): string {
  return FIELD_WORDS[field] ?? field;
}

/** `Số nguyên, buổi` */
export function measureWords(indicator: Measure | SubtotalIndicator): string {
  if (indicator.type === 'subtotal') return `Dòng cộng, ${indicator.unit}`;
  const unit = unitOf(indicator);
  return unit === '' ? TYPE_WORDS[indicator.type] : `${TYPE_WORDS[indicator.type]}, ${unit}`;
}
