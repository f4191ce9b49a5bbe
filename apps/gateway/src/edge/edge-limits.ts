/** How long the gateway waits, for its clients and for itself, in ms, and how much it holds meanwhile. */
export interface EdgeLimits {
  /** From the last byte of a request to its answer, at most: five seconds with the way back. */
  readonly answerWithinMs: number;
  /** From the first byte of a request to the end of its headers. */
  readonly headersWithinMs: number;
  /** From the first byte of a request to its last: 256 kB on a slow line of a commune office. */
  readonly requestWithinMs: number;
  /** How often late requests are looked for. */
  readonly lateCheckMs: number;
  /** How long an idle connection is kept: longer than a reverse proxy keeps its own. */
  readonly keepAliveMs: number;
  /** Bytes of all bodies that are not complete; beyond, the oldest of them are let go. */
  readonly unfinishedBytes: number;
  /** At a stop: how long kept connections may still bring a request, which is answered as their last. */
  readonly lastRequestsMs: number;
  /** At a stop: when whatever is still unanswered is told so. */
  readonly lastAnswersMs: number;
}

export const EDGE_LIMITS: EdgeLimits = {
  answerWithinMs: 4_500,
  headersWithinMs: 10_000,
  requestWithinMs: 30_000,
  lateCheckMs: 1_000,
  keepAliveMs: 75_000,
  unfinishedBytes: 32 * 1024 * 1024,
  lastRequestsMs: 1_000,
  lastAnswersMs: 2_200,
};
