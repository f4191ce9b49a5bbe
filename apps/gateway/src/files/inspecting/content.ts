import type { Reason } from '@mach/domain';

/** Why the content of a file is not kept. */
export type ContentFault =
  | 'unknownKind'
  | 'twoKinds'
  | 'broken'
  | 'encrypted'
  | 'macros'
  | 'executable'
  | 'tooMuchInside'
  | 'tooLarge'
  | 'empty';

const MESSAGES: Readonly<Record<ContentFault, string>> = {
  unknownKind:
    'Chỉ nhận tệp PDF, Word (DOCX), Excel (XLSX) và ảnh PNG, JPEG, WebP; nội dung tệp này không thuộc các loại đó.',
  twoKinds:
    'Tệp vừa là loại này vừa là loại khác, không phải do chương trình văn phòng ghi. Đề nghị mở tệp, lưu lại rồi tải lên.',
  broken: 'Tệp bị hỏng hoặc chưa tải lên đủ. Đề nghị mở lại tệp trên máy, lưu lại rồi tải lên.',
  encrypted: 'Tệp được đặt mật khẩu hoặc mã hóa. Đề nghị bỏ mật khẩu rồi tải lên lại.',
  macros: 'Tệp có macro. Đề nghị lưu lại thành tệp không có macro (DOCX, XLSX) rồi tải lên.',
  executable:
    'Tệp có mã lệnh hoặc tệp khác nhúng bên trong nên không được nhận. Đề nghị bỏ phần đó rồi tải lên lại.',
  tooMuchInside: 'Nội dung bên trong tệp quá lớn so với dung lượng của tệp. Đề nghị kiểm tra, lưu lại tệp.',
  tooLarge:
    'Tệp lớn hơn 10 MB. Đề nghị giảm dung lượng (ví dụ quét ở độ phân giải thấp hơn) hoặc tách thành nhiều tệp.',
  empty: 'Tệp không có nội dung.',
};

/** What a look into a file found: words that a reader would see, or the fault. */
export type Content =
  | { readonly ok: true; readonly words: readonly string[] }
  | { readonly ok: false; readonly fault: ContentFault };

/** The fault as it is told to whoever sent the file. */
export function contentReason(fault: ContentFault): Reason {
  return { pointer: '', code: `file.${fault}`, message: MESSAGES[fault] };
}
