/** How long the gateway waits, for its clients and for itself. Tests shorten it. */
export interface EdgeLimits {
  /** From the last byte of a request to its answer, at most: five seconds with the way back, in ms. */
  readonly answerWithinMs: number;
}

export const EDGE_LIMITS: EdgeLimits = {
  answerWithinMs: 4_500,
};
