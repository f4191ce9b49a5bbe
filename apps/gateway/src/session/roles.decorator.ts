import { SetMetadata, type CustomDecorator } from '@nestjs/common';
import type { AccountRole } from '@mach/domain';

export const ROLES = 'mach:roles';
export const ANYONE = 'mach:anyone';

/**
 * Only accounts of these roles may call; without it, every signed-in account may (its subtree is checked
 * where units are named).
 */
export function Roles(...roles: readonly AccountRole[]): CustomDecorator {
  return SetMetadata(ROLES, roles);
}

/** No session needed: signing in and out. */
export function Anyone(): CustomDecorator {
  return SetMetadata(ANYONE, true);
}
