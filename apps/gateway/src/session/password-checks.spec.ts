import { PasswordChecks } from './password-checks';

/** Checks that end when they are told to. */
class HeldChecks extends PasswordChecks {
  readonly begun: string[] = [];
  private readonly ends: (() => void)[] = [];

  override async check(password: string): Promise<boolean> {
    this.begun.push(password);
    await new Promise<void>((end) => this.ends.push(end));
    return false;
  }

  async endOne(): Promise<void> {
    this.ends.shift()?.();
    await new Promise((resolve) => setImmediate(resolve));
  }
}

const refused = async (attempt: Promise<boolean>): Promise<boolean> =>
  attempt.then(
    () => false,
    () => true,
  );

describe('checks of passwords', () => {
  it('take the addresses of strangers in turn', async () => {
    const checks = new HeldChecks();
    const ask = (name: string, address: string, known = false): void =>
      void checks.verify(name, null, { address, known });
    for (let index = 0; index < 30; index += 1) ask(`a${String(index)}`, 'a');
    ask('b0', 'b');
    for (let ended = 0; ended < 2; ended += 1) await checks.endOne();
    expect(checks.begun).toEqual(['a0', 'a1', 'a2', 'b0']);
  });

  it('take known browsers and strangers in turn', async () => {
    const checks = new HeldChecks();
    const ask = (name: string, known: boolean): void =>
      void checks.verify(name, null, { address: 'a', known });
    for (let index = 0; index < 6; index += 1) ask(`s${String(index)}`, false);
    for (let index = 0; index < 3; index += 1) ask(`k${String(index)}`, true);
    for (let ended = 0; ended < 5; ended += 1) await checks.endOne();
    expect(checks.begun).toEqual(['s0', 's1', 'k0', 's2', 'k1', 's3', 'k2']);
  });

  it('let one address fill its share of the line, all strangers theirs, and known browsers still come', async () => {
    const checks = new HeldChecks();
    const outcomes: Promise<boolean>[] = [];
    const ask = (address: string, known = false): number =>
      outcomes.push(refused(checks.verify('x', null, { address, known })));
    for (let index = 0; index < 52; index += 1) ask('a');
    const beyond = refused(checks.verify('x', null, { address: 'a', known: false }));
    expect(await beyond).toBe(true);
    for (let index = 0; index < 100; index += 1) ask(`b${String(index)}`);
    expect(await refused(checks.verify('x', null, { address: 'c', known: false }))).toBe(true);
    for (let index = 0; index < 50; index += 1) ask('a', true);
    expect(await refused(checks.verify('x', null, { address: 'a', known: true }))).toBe(true);
    for (let index = 0; index < outcomes.length; index += 1) await checks.endOne();
    expect(await Promise.all(outcomes)).toEqual(outcomes.map(() => false));
  });
});
