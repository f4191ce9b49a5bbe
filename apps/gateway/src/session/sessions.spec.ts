import type { SessionStore } from '@mach/persistence';
import type { MachConfig } from '@mach/runtime';
import type { Account } from './account';
import { Sessions } from './sessions';

const account = { username: 'w1' } as Account;

function sessionsOver(store: Partial<SessionStore>, clock: { at: number }): Sessions {
  const system = { now: () => clock.at };
  return new Sessions(store as SessionStore, system, {} as MachConfig);
}

describe('a remembered session', () => {
  it('is over at its hour, remembered or not', async () => {
    const clock = { at: 0 };
    const find = (): Promise<{ account: Account; expiresAt: number } | null> =>
      Promise.resolve(clock.at < 5_000 ? { account, expiresAt: 5_000 } : null);
    const sessions = sessionsOver({ find }, clock);
    expect(await sessions.find('t')).toBe(account);
    clock.at = 5_000;
    expect(await sessions.find('t')).toBeNull();
  });

  it('that was looked up while it was signed out is not remembered again', async () => {
    let open = true;
    let sessions: Sessions | null = null;
    const find = (): Promise<unknown> => Promise.resolve(open ? { account, expiresAt: 5_000 } : null);
    const close = async (): Promise<void> => {
      // Read before the row went, remembered before the sign-out ends.
      await sessions?.find('t');
      open = false;
    };
    sessions = sessionsOver({ find, close } as unknown as Partial<SessionStore>, { at: 0 });
    await sessions.close('t');
    expect(await sessions.find('t')).toBeNull();
  });
});
