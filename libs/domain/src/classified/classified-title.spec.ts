import { refuseClassified } from './classified-title';

describe('refuseClassified', () => {
  it.each([
    'Mật',
    'MẬT',
    'Tối mật',
    'TUYỆT  MẬT',
    'Kế hoạch phòng thủ (Mật)',
    'Kế hoạch phòng thủ [TỐI MẬT]',
    'Độ mật: Mật',
    'Mức độ mật «Mật»',
    'MẬT\nKế hoạch phòng thủ',
    'Kế hoạch phòng thủ\n Mật \nnăm 2026',
    'Mật – Kế hoạch phòng thủ',
    'Kế hoạch phòng thủ - MẬT',
    'Tuyệt mật'.normalize('NFD'),
  ])('refuses «%s»', (text) => {
    expect(refuseClassified(text, '/title')).toMatchObject({ pointer: '/title', code: 'plan.classified' });
  });

  it.each([
    'Chương trình hành động thực hiện Kết luận số 199-KL/TW',
    'Kế hoạch bảo vệ bí mật nhà nước năm 2026',
    'BẢO MẬT THÔNG TIN',
    'Mật độ dân số phường Thủy Nguyên',
    'Hướng dẫn đặt mật khẩu',
    'Phát triển nghề nuôi ong lấy mật',
    'Quan hệ mật thiết giữa Đảng và Nhân dân',
    'Công tác cơ yếu, bảo mật.',
    '',
  ])('lets «%s» pass', (text) => {
    expect(refuseClassified(text)).toBeNull();
  });

  it('says where such a document goes instead', () => {
    expect(refuseClassified('Mật')?.message).toContain('đề nghị gửi qua mạng bảo mật riêng của Đảng');
  });
});
