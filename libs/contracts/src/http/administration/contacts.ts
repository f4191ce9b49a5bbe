import { IsEmail, IsOptional, IsString, Length, Matches } from 'class-validator';
import { IsUnitCode, IsName } from './field-rules';

/** `POST /api/v1/contacts` */
export class CreateContactRequest {
  @IsUnitCode()
  unit!: string;

  /** `clerk` (văn thư) or `head` (người đứng đầu). */
  @Matches(/^(?:clerk|head)$/, { message: 'Vai trò phải là clerk (văn thư) hoặc head (người đứng đầu).' })
  role!: 'clerk' | 'head';

  /** The function, e.g. «Văn thư Đảng ủy phường Thủy Nguyên». */
  @IsName(200)
  name!: string;

  @IsOptional()
  @IsEmail({}, { message: 'Địa chỉ thư điện tử không đúng.' })
  @Length(3, 254, { message: 'Địa chỉ thư điện tử quá dài.' })
  email?: string;

  @IsOptional()
  @IsString({ message: 'Số điện thoại phải là chữ.' })
  @Length(3, 30, { message: 'Số điện thoại không đúng.' })
  phone?: string;
}

/** `GET /api/v1/contacts?unit=` */
export class ContactQuery {
  @IsUnitCode()
  unit!: string;
}

export interface ContactView {
  readonly id: number;
  readonly unit: string;
  readonly role: 'clerk' | 'head';
  readonly name: string;
  readonly email: string | null;
  readonly phone: string | null;
}
