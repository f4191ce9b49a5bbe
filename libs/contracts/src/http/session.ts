import type { AccountRole, UnitLevel } from '@mach/domain';
import { IsString, Length } from 'class-validator';

export class SignInRequest {
  @IsString()
  @Length(1, 100)
  username!: string;

  @IsString()
  @Length(1, 200)
  password!: string;
}

/**
 * `GET /api/v1/session`, and the answer of `POST /api/v1/session` (which also sets the cookie; `token` serves
 * programs as a bearer token).
 */
export interface SessionView {
  readonly username: string;
  readonly displayName: string;
  readonly role: AccountRole;
  readonly unit: { readonly code: string; readonly name: string; readonly level: UnitLevel };
}

export interface SignInResponse extends SessionView {
  readonly token: string;
}
