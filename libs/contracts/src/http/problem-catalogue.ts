/** What a kind of problem means to HTTP and to a person. */
export interface ProblemKind {
  readonly status: number;
  readonly title: string;
  readonly detail: string;
}

/**
 * Every refusal and failure the gateway can answer: `<area>.<reason>` → HTTP status, Vietnamese title and
 * detail.
 * A problem is written as RFC 9457 JSON by the gateway; field-level reasons travel beside it in `errors`.
 */
export const PROBLEMS = {
  'auth.required': {
    status: 401,
    title: 'Chưa đăng nhập',
    detail: 'Phiên làm việc không có hoặc đã hết hạn. Đồng chí vui lòng đăng nhập lại.',
  },
  'auth.invalid': {
    status: 401,
    title: 'Đăng nhập không thành công',
    detail: 'Tên đăng nhập hoặc mật khẩu không đúng.',
  },
  'auth.tooManyAttempts': {
    status: 429,
    title: 'Đăng nhập quá nhiều lần',
    detail: 'Đã có quá nhiều lần đăng nhập không thành công. Đồng chí vui lòng chờ ít phút rồi thử lại.',
  },
  'auth.forbidden': {
    status: 403,
    title: 'Không có quyền',
    detail: 'Tài khoản này chỉ được xem và làm việc trong phạm vi đơn vị của mình và các đơn vị cấp dưới.',
  },
  'request.malformedJson': {
    status: 400,
    title: 'Nội dung không đọc được',
    detail: 'Nội dung gửi lên không phải là JSON hợp lệ.',
  },
  'request.malformed': {
    status: 400,
    title: 'Yêu cầu không đọc được',
    detail: 'Yêu cầu không đúng khuôn dạng HTTP hoặc địa chỉ không hợp lệ.',
  },
  'request.crossSite': {
    status: 403,
    title: 'Yêu cầu đến từ trang khác',
    detail:
      'Yêu cầu này đến từ một trang khác nên không được thực hiện. Đồng chí vui lòng mở trang của hệ thống và làm lại.',
  },
  'request.tooLarge': {
    status: 413,
    title: 'Nội dung quá lớn',
    detail: 'Nội dung gửi lên lớn hơn mức cho phép ở địa chỉ này (báo cáo: 256 KiB).',
  },
  'request.tooSlow': {
    status: 408,
    title: 'Gửi quá chậm',
    detail: 'Nội dung gửi lên chưa đến hết trong thời gian cho phép. Đồng chí vui lòng gửi lại.',
  },
  'request.invalid': {
    status: 422,
    title: 'Nội dung chưa hợp lệ',
    detail: 'Một số mục chưa đúng. Đề nghị xem từng mục dưới đây và sửa lại.',
  },
  'request.unsupportedMediaType': {
    status: 415,
    title: 'Kiểu nội dung không được hỗ trợ',
    detail: 'Nội dung phải được gửi với Content-Type: application/json.',
  },
  'idempotency.keyMissing': {
    status: 400,
    title: 'Thiếu khóa chống gửi trùng',
    detail: 'Cần có tiêu đề Idempotency-Key, từ 1 đến 200 ký tự ASCII in được, riêng cho mỗi lần nộp.',
  },
  'idempotency.keyReused': {
    status: 422,
    title: 'Khoá chống gửi trùng đã được dùng',
    detail: 'Idempotency-Key này đã dùng cho một nội dung khác. Mỗi lần nộp mới cần một khóa mới.',
  },
  'unit.unknown': {
    status: 422,
    title: 'Không có đơn vị này',
    detail: 'Mã đơn vị không có trong danh mục tổ chức đảng.',
  },
  'period.unknown': {
    status: 422,
    title: 'Không có kỳ báo cáo này',
    detail: 'Kỳ báo cáo không có hoặc chưa được mở cho yêu cầu báo cáo này.',
  },
  'requirement.unknown': {
    status: 422,
    title: 'Không có yêu cầu báo cáo này',
    detail: 'Mã yêu cầu báo cáo không có trong hệ thống.',
  },
  'form.versionUnknown': {
    status: 422,
    title: 'Không đúng phiên bản biểu mẫu',
    detail:
      'Yêu cầu báo cáo này không dùng phiên bản biểu mẫu đã nêu. Đồng chí vui lòng mở lại báo cáo để lấy biểu mẫu hiện hành.',
  },
  'report.notYetOpen': {
    status: 409,
    title: 'Chưa đến thời gian nộp',
    detail: 'Kỳ báo cáo này chưa mở nhận báo cáo.',
  },
  'report.closed': {
    status: 409,
    title: 'Đã đóng nhận báo cáo',
    detail: 'Kỳ báo cáo này đã đóng, không nhận thêm báo cáo.',
  },
  'report.exempt': {
    status: 409,
    title: 'Được miễn báo cáo',
    detail: 'Đơn vị được miễn báo cáo kỳ này.',
  },
  'report.invalid': {
    status: 422,
    title: 'Báo cáo có chỗ chưa đúng',
    detail:
      'Báo cáo chưa được tiếp nhận. Đề nghị xem từng chỗ dưới đây, sửa lại hoặc giải trình rồi gửi lại.',
  },
  'report.tooFast': {
    status: 429,
    title: 'Nộp quá nhanh',
    detail:
      'Tài khoản này đã nộp quá nhiều trong thời gian ngắn. Đồng chí vui lòng chờ giây lát rồi nộp lại.',
  },
  'reference.baseChanged': {
    status: 412,
    title: 'Nội dung đã thay đổi',
    detail: 'Người khác vừa sửa nội dung này. Chưa ghi gì; đề nghị xem nội dung mới rồi thực hiện lại.',
  },
  'draft.baseChanged': {
    status: 412,
    title: 'Bản nháp đã thay đổi',
    detail:
      'Bản nháp này vừa được lưu, gửi hoặc bỏ ở nơi khác. Chưa ghi đè gì; đề nghị xem cả hai bản rồi chọn từng mục.',
  },
  'draft.tooFast': {
    status: 429,
    title: 'Lưu quá nhanh',
    detail: 'Bản nháp được lưu quá nhiều lần trong thời gian ngắn. Hệ thống sẽ nhận tiếp sau giây lát.',
  },
  'file.refused': {
    status: 422,
    title: 'Không nhận tệp này',
    detail: 'Tệp không dùng được làm tài liệu kèm theo báo cáo.',
  },
  'file.sent': {
    status: 409,
    title: 'Tệp đã gửi cùng báo cáo',
    detail: 'Tệp này đã được gửi cùng báo cáo nên không xóa được.',
  },
  'file.tooFast': {
    status: 429,
    title: 'Tải lên quá nhanh',
    detail: 'Có quá nhiều tệp được tải lên trong thời gian ngắn. Đồng chí vui lòng thử lại sau giây lát.',
  },
  'report.notAsked': {
    status: 409,
    title: 'Không phải nộp báo cáo',
    detail: 'Đơn vị này không phải nộp báo cáo theo yêu cầu và kỳ đã nêu.',
  },
  'import.notReady': {
    status: 409,
    title: 'Chưa nộp được',
    detail: 'Tệp này chưa kiểm tra xong, không được nhận hoặc đã hủy nên không nộp được.',
  },
  'import.over': {
    status: 409,
    title: 'Đã xong',
    detail: 'Lần nhập tệp này đã xong hoặc đã hủy trước đó.',
  },
  'import.tooMany': {
    status: 429,
    title: 'Đang có nhiều tệp chờ xử lý',
    detail: 'Đơn vị đang có nhiều tệp chờ xử lý. Đồng chí vui lòng chờ các tệp đó xong rồi gửi tiếp.',
  },
  'act.refused': {
    status: 409,
    title: 'Chưa thực hiện được',
    detail: 'Việc này không thực hiện được với báo cáo ở tình trạng hiện tại.',
  },
  'signature.refused': {
    status: 422,
    title: 'Chưa ký được',
    detail: 'Số liệu chưa được ký. Đề nghị xem từng chỗ dưới đây, sửa lại hoặc giải trình rồi ký lại.',
  },
  'signature.notNow': {
    status: 409,
    title: 'Chưa ký được',
    detail: 'Số liệu tổng hợp này chưa ký được.',
  },
  'signature.baseChanged': {
    status: 412,
    title: 'Số liệu đã thay đổi',
    detail:
      'Số liệu tổng hợp đã thay đổi hoặc vừa được ký sau khi đồng chí mở trang. Chưa ký gì; đề nghị xem số liệu mới rồi ký lại.',
  },
  'clock.notSettable': {
    status: 409,
    title: 'Không đặt lại được giờ',
    detail: 'Hệ thống đang chạy theo giờ thật, không đặt lại được giờ.',
  },
  'plan.classified': {
    status: 422,
    title: 'Không nhận văn bản mật',
    detail:
      'Hệ thống không nhận văn bản có độ Mật, Tối mật, Tuyệt mật; các văn bản này gửi qua mạng riêng của Đảng.',
  },
  'resource.notFound': { status: 404, title: 'Không tìm thấy', detail: 'Không có nội dung ở địa chỉ này.' },
  'resource.conflict': {
    status: 409,
    title: 'Đã có trong hệ thống',
    detail: 'Nội dung này trùng với nội dung đã có trong hệ thống.',
  },
  'server.busy': {
    status: 503,
    title: 'Hệ thống đang bận',
    detail: 'Hệ thống đang bận, đồng chí vui lòng thử lại sau giây lát.',
  },
  'server.unconfirmed': {
    status: 503,
    title: 'Chưa rõ đã ghi nhận hay chưa',
    detail:
      'Hệ thống chưa trả lời kịp. Việc vừa gửi có thể đã được ghi nhận; đồng chí vui lòng tải lại trang để kiểm tra trước khi làm lại.',
  },
  'server.unexpected': {
    status: 500,
    title: 'Hệ thống gặp sự cố',
    detail: 'Có sự cố ngoài dự kiến; sự cố đã được ghi lại. Đồng chí vui lòng thử lại sau.',
  },
} as const satisfies Record<string, ProblemKind>;

export type ProblemCode = keyof typeof PROBLEMS;
