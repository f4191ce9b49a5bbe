/** Event `beat` of `GET /api/v1/events`, every few seconds: the stream is alive. `at` is the server's time. */
export interface LiveBeat {
  readonly at: string;
}

/** Event `leave`: the server ends the stream; the page comes back after `retryMs`, not before. */
export interface LiveLeave {
  readonly retryMs: number;
}
