import { FIGURE_VIEWS, type FigureView } from '@mach/domain';

/** Each view as it stands in an address. */
export const VIEW_ADDRESSES = {
  provisional: 'tam-tinh',
  approved: 'da-duyet',
  signed: 'da-ky',
} as const satisfies Record<FigureView, string>;
export type ViewAddress = (typeof VIEW_ADDRESSES)[FigureView];

/** What a view is called, always said beside its figures. */
export const VIEW_WORDS: Readonly<Record<FigureView, { readonly name: string; readonly says: string }>> = {
  provisional: { name: 'Tạm tính', says: 'Mọi báo cáo hợp lệ, kể cả báo cáo đang chờ duyệt.' },
  approved: { name: 'Đã duyệt', says: 'Chỉ các báo cáo đã được cấp trên duyệt.' },
  signed: {
    name: 'Đã ký',
    says: 'Số liệu đảng ủy đã ký; nơi chưa ký lấy số tạm tính.',
  },
};

/** The view that an address names; provisional when it names none. */
export function viewOf(address: ViewAddress | undefined): FigureView {
  return FIGURE_VIEWS.find((view) => VIEW_ADDRESSES[view] === address) ?? 'provisional';
}
