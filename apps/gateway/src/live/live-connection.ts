import type { ServerResponse } from 'node:http';
import type { FiguresChanged, LiveBeat, LiveLeave } from '@mach/contracts';
import type { PlainPayload } from '@mach/messaging';
import type { Account } from '../session/account';
import type { PlaceHolder } from './stream-places';

/**
 * A reader that takes nothing in while this much waits for it is let go; its browser comes back by itself.
 */
const UNSENT_AT_MOST = 64 * 1024;

export const EVENT_STREAM = 'text/event-stream; charset=utf-8';

/** One open stream of events (SSE). */
export class LiveConnection implements PlaceHolder {
  /** Set when it asks for its place. */
  branchId = -1;

  constructor(
    /** As it was last read: rights may change while the stream is open. */
    public account: Account,
    readonly token: string,
    /** Only hints about this requirement and period are sent; null means any. */
    readonly about: { readonly requirement: string | null; readonly period: string | null },
    private readonly response: ServerResponse,
  ) {}

  get accountId(): number {
    return this.account.id;
  }

  /** The reader has left, perhaps before the stream began. */
  get gone(): boolean {
    return this.response.destroyed;
  }

  /** Starts the stream. The browser waits `retryMs` before it connects again. */
  open(retryMs: number): void {
    this.response.writeHead(200, {
      'content-type': EVENT_STREAM,
      'cache-control': 'no-store, no-transform',
      connection: 'keep-alive',
      'x-accel-buffering': 'no',
      'x-content-type-options': 'nosniff',
    });
    this.response.write(`retry: ${String(retryMs)}\n\n`);
  }

  concerns(requirement: string, period: string): boolean {
    return (
      (this.about.requirement ?? requirement) === requirement && (this.about.period ?? period) === period
    );
  }

  send(figures: PlainPayload<FiguresChanged>): void {
    this.write(`event: figures\ndata: ${JSON.stringify(figures)}\n\n`);
  }

  /** An event that the page sees: it knows by its absence that the link is dead. */
  beat(beat: LiveBeat): void {
    this.write(`event: beat\ndata: ${JSON.stringify(beat)}\n\n`);
  }

  /** Ends the stream; the browser waits `retryMs`, or as long as it was told before, and comes back. */
  close(retryMs?: number): void {
    if (retryMs !== undefined) {
      const leave: LiveLeave = { retryMs };
      this.write(`retry: ${String(retryMs)}\nevent: leave\ndata: ${JSON.stringify(leave)}\n\n`);
    }
    this.response.end();
  }

  private write(text: string): void {
    if (this.response.writableEnded || this.response.destroyed) return;
    if (this.response.writableLength > UNSENT_AT_MOST) this.response.destroy();
    else this.response.write(text);
  }
}
