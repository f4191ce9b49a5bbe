import { type ProblemCode, type ProblemDetails, PROBLEMS } from '@mach/contracts';

export type ProblemErrors = NonNullable<ProblemDetails['errors']>;

/** So many faults are told one by one: a person mends no more at once, and an answer must stay small. */
const ERRORS_AT_MOST = 50;

export interface ProblemExtra {
  /** Every fault found, each with the field it is about; the first fifty are answered, the rest counted. */
  readonly errors?: ProblemErrors;
  /** Replaces the catalogue's detail when the case can say more. */
  readonly detail?: string;
  /** Seconds after which trying again makes sense; becomes `Retry-After`. */
  readonly retryAfter?: number;
  /** What this problem says beside the standard members (RFC 9457, 3.2). */
  readonly members?: Pick<ProblemDetails, 'draft' | 'signing'>;
}

/**
 * A refusal or failure on its way to the filter, which writes it as RFC 9457 JSON. Throw it anywhere inside
 * the gateway.
 */
export class ProblemException extends Error {
  constructor(
    readonly code: ProblemCode,
    readonly extra: ProblemExtra = {},
  ) {
    super(extra.detail ?? PROBLEMS[code].detail);
    this.name = 'ProblemException';
  }

  get status(): number {
    return PROBLEMS[this.code].status;
  }

  /** The body of the answer; `instance` is the path that was asked for. */
  toDetails(instance?: string): ProblemDetails {
    const { status, title } = PROBLEMS[this.code];
    return {
      type: `urn:mach:problem:${this.code}`,
      title,
      status,
      detail: this.message,
      code: this.code,
      ...(instance === undefined ? {} : { instance }),
      ...(this.extra.errors === undefined ? {} : { errors: firstOf(this.extra.errors) }),
      ...this.extra.members,
    };
  }
}

function firstOf(errors: ProblemErrors): ProblemErrors {
  const more = errors.length - ERRORS_AT_MOST;
  if (more <= 0) return errors;
  const message = `Còn ${more.toLocaleString('vi-VN')} lỗi khác chưa nêu ở đây.`;
  return [...errors.slice(0, ERRORS_AT_MOST), { pointer: '', code: 'request.moreErrors', message }];
}
