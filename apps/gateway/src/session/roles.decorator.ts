import { SetMetadata, type CustomDecorator } from '@nestjs/common';
import type { AccountRole } from '@mach/domain';

export const ROLES = 'mach:roles';
export const ANY_ACCOUNT = 'mach:any-account';
export const ANYONE = 'mach:anyone';

/*
 * Every route carries one of these three, or its controller does (`RouteDeclarations`).
 */

/** Only accounts of these roles may call. How far they reach is checked where units are named. */
export function Roles(...roles: readonly AccountRole[]): CustomDecorator {
  return SetMetadata(ROLES, roles);
}

/** Every signed-in account may call. How far it reaches is checked where units are named. */
export function AnyAccount(): CustomDecorator {
  return SetMetadata(ANY_ACCOUNT, true);
}

/** No session needed: signing in and out. */
export function Anyone(): CustomDecorator {
  return SetMetadata(ANYONE, true);
}
