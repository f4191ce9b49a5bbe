import type { FigureFault } from './figure';

const SENTENCES: Readonly<Record<FigureFault, string>> = {
  notANumber: 'không phải là một số. Chỉ ghi một số, ví dụ 1250',
  ambiguous:
    'có dấu phẩy trước ba chữ số, không rõ là hàng nghìn hay phần lẻ. Đề nghị ghi liền các chữ số, ví dụ 1250',
  notFinite: 'không phải là một số hữu hạn. Đề nghị ghi một số cụ thể',
  tooManyDecimals: 'có quá nhiều chữ số thập phân',
  tooLarge: 'quá lớn. Đề nghị kiểm tra lại đơn vị tính',
  imprecise:
    'có nhiều hơn 15 chữ số có nghĩa nên có thể đã bị làm tròn. Đề nghị gửi số này dưới dạng chuỗi, ví dụ "12.5"',
};

/**
 * The predicate of a sentence to a clerk about a figure that cannot be read; its subject is put before it by
 * the caller.
 */
export function figureFaultSentence(fault: FigureFault): string {
  return SENTENCES[fault];
}
