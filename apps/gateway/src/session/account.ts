import type { SessionAccount } from '@mach/persistence';

/** Who is asking: the account behind a valid session. */
export type Account = SessionAccount;
