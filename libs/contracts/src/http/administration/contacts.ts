import { CONTACT_ROLES, type ContactRole } from '@mach/domain';
import { IsEmail, IsString, Length } from 'class-validator';
import { MayBeAbsent, IsName, IsOneOf, IsUnitCode } from './field-rules';

/** `POST /api/v1/contacts` */
export class CreateContactRequest {
  @IsUnitCode()
  unit!: string;

  @IsOneOf(CONTACT_ROLES, 'Vai trò')
  role!: ContactRole;

  /** The function, e.g. «Văn thư Đảng ủy phường Thủy Nguyên». */
  @IsName(200)
  name!: string;

  @MayBeAbsent()
  @IsEmail({}, { message: 'Địa chỉ thư điện tử không đúng.' })
  @Length(3, 254, { message: 'Địa chỉ thư điện tử quá dài.' })
  email?: string;

  @MayBeAbsent()
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
  readonly role: ContactRole;
  readonly name: string;
  readonly email: string | null;
  readonly phone: string | null;
}
