import { isIP } from 'node:net';

/** What is wrong with one environment variable. The value itself is never repeated: it may be a secret. */
export interface Fault {
  readonly variable: string;
  readonly reason: string;
}

/**
 * Reads environment variables one by one and collects what is wrong instead of stopping at the first. An
 * empty variable counts as absent.
 */
export class Variables {
  readonly faults: Fault[] = [];

  constructor(private readonly env: NodeJS.ProcessEnv) {}

  text(variable: string, fallback: string): string {
    return this.read(variable) ?? fallback;
  }

  matching(variable: string, pattern: RegExp, reason: string, fallback: string): string {
    const value = this.text(variable, fallback);
    return pattern.test(value) ? value : this.fault(variable, reason, fallback);
  }

  oneOf<const T extends string>(variable: string, choices: readonly T[], fallback: T): T {
    const value = this.read(variable);
    if (value === null) return fallback;
    return (
      choices.find((choice) => choice === value) ??
      this.fault(variable, `must be one of ${choices.join(', ')}`, fallback)
    );
  }

  integer(
    variable: string,
    bounds: { readonly min: number; readonly max: number; readonly fallback: number },
  ): number {
    const value = this.read(variable);
    if (value === null) return bounds.fallback;
    const number = /^\d{1,9}$/.test(value) ? Number(value) : Number.NaN;
    if (number >= bounds.min && number <= bounds.max) return number;
    return this.fault(
      variable,
      `must be a whole number from ${String(bounds.min)} to ${String(bounds.max)}`,
      bounds.fallback,
    );
  }

  url(
    variable: string,
    protocols: readonly string[],
    { required }: { readonly required: boolean },
    fallback = '',
  ): string {
    const value = this.read(variable);
    if (value === null) return required ? this.fault(variable, 'is missing', '') : fallback;
    const url = URL.canParse(value) ? new URL(value) : null;
    if (url !== null && protocols.includes(url.protocol) && url.hostname !== '') return value;
    return this.fault(
      variable,
      `must be an address beginning with ${protocols.map((protocol) => `${protocol}//`).join(' or ')}`,
      '',
    );
  }

  /** Addresses and CIDR blocks parted by commas, `loopback` among them; `none` for an empty list. */
  networks(variable: string, fallback: string): readonly string[] {
    const text = this.text(variable, fallback);
    const networks = text === 'none' ? [] : text.split(',').map((network) => network.trim());
    if (networks.every((network) => network === 'loopback' || isNetwork(network))) return networks;
    return this.fault(variable, 'must be addresses or CIDR blocks parted by commas, loopback, or none', []);
  }

  instant(variable: string): string | null {
    const value = this.read(variable);
    if (value === null || !Number.isNaN(Date.parse(value))) return value;
    return this.fault(variable, 'must be a moment such as 2026-11-14T09:00:00+07:00', null);
  }

  key(variable: string, bytes: number, { required }: { readonly required: boolean }): Buffer {
    const value = this.read(variable);
    const none = Buffer.alloc(0);
    if (value === null) return required ? this.fault(variable, 'is missing', none) : none;
    const key = Buffer.from(value, 'base64');
    return key.length === bytes ? key : this.fault(variable, `must be ${String(bytes)} bytes in base64`, key);
  }

  private read(variable: string): string | null {
    const value = this.env[variable]?.trim();
    return value === undefined || value === '' ? null : value;
  }

  private fault<T>(variable: string, reason: string, instead: T): T {
    this.faults.push({ variable, reason });
    return instead;
  }
}

function isNetwork(text: string): boolean {
  const [address = '', prefix, ...rest] = text.split('/');
  const bits = { 0: -1, 4: 32, 6: 128 }[isIP(address)] ?? -1;
  if (rest.length > 0 || bits < 0) return false;
  return prefix === undefined || (/^\d{1,3}$/.test(prefix) && Number(prefix) <= bits);
}
