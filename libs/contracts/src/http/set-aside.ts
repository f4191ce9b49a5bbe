/** A message that could not be handled and waits for a person: `GET /api/v1/set-aside`. */
export interface SetAsideView {
  readonly id: string;
  readonly queue: string;
  readonly jobId: string;
  /** Name of the message, when its envelope could be read. */
  readonly name: string | null;
  readonly reason: string;
  readonly attempts: number;
  readonly setAsideAt: string;
  readonly replayedAt: string | null;
  /** The first part of what came, as it came. */
  readonly raw: string;
}

export interface SetAsideListView {
  readonly items: readonly SetAsideView[];
}
