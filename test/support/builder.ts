/**
 * Makes a typed builder: `const aReport = builder(() => ({ … }))`, then `aReport({ period: '2026-11' })`.
 * Every call makes fresh defaults, so that tests do not share what they change; only what a test is about is
 * written in it.
 */
export function builder<T extends object>(defaults: () => T): (overrides?: Partial<T>) => T {
  return (overrides = {}) => ({ ...defaults(), ...overrides });
}
