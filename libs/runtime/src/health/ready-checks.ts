import type { OnModuleDestroy } from '@nestjs/common';

/** What a check found. */
export interface Readiness {
  readonly ready: boolean;
  readonly checks: Readonly<Record<string, 'up' | 'down'>>;
}

const TIMEOUT_MS = 2_000;

/** The checks behind `/health/ready`; each app adds what it cannot work without. */
export class ReadyChecks implements OnModuleDestroy {
  private readonly checks = new Map<string, () => Promise<void>>();
  private stopping = false;

  /** `check` throws (or takes longer than two seconds) when the thing is not usable. */
  add(name: string, check: () => Promise<void>): void {
    this.checks.set(name, check);
  }

  /** The first thing that happens at a stop: whoever asks is told to go elsewhere. */
  onModuleDestroy(): void {
    this.stopping = true;
  }

  /** Runs all checks at once. Reasons stay inside: the answer is public. */
  async run(): Promise<Readiness> {
    const results = await Promise.all(
      [...this.checks].map(async ([name, check]) => [name, (await passes(check)) ? 'up' : 'down'] as const),
    );
    return {
      ready: !this.stopping && results.every(([, state]) => state === 'up'),
      checks: Object.fromEntries(results),
    };
  }
}

async function passes(check: () => Promise<void>): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<boolean>((resolve) => {
    timer = setTimeout(() => {
      resolve(false);
    }, TIMEOUT_MS);
  });
  const done = check().then(
    () => true,
    () => false,
  );
  try {
    return await Promise.race([done, late]);
  } finally {
    clearTimeout(timer);
  }
}
