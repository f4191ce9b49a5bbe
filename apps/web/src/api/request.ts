import type { ProblemDetails } from '@mach/contracts';

/** The server answered, and refused: its problem document says which field and why. */
export class RefusedError extends Error {
  override readonly name = 'RefusedError';
  constructor(
    readonly status: number,
    readonly problem: ProblemDetails,
  ) {
    super(problem.detail);
  }
}

/**
 * No answer arrived (network, time-out) or the server could not work (5xx): whether the request took effect
 * is not known.
 */
export class NoAnswerError extends Error {
  override readonly name = 'NoAnswerError';
}

interface RequestOptions {
  readonly method?: 'GET' | 'POST' | 'PUT' | 'DELETE';
  /** An object, JSON text that must travel as it is, or a file, whose type is named in `headers`. */
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  readonly signal?: AbortSignal | undefined;
  /** Goes on when the page is left; the body is then at most 64 KiB. */
  readonly keepalive?: boolean;
  /** How long the answer may take; longer for a file on a slow line. */
  readonly timeOutMs?: number;
}

const TIME_OUT_MS = 20_000;

const BASE = '/api/v1';

/**
 * Calls `/api/v1<path>` and answers its JSON (undefined for an empty body).
 * @throws RefusedError on 4xx, NoAnswerError when nothing came or the server failed; an abort by the caller
 * passes through.
 */
export async function request<T>(path: string, options: RequestOptions = {}): Promise<T> {
  return (await answerOf(path, options)).body as T;
}

/** Reads a list to its end, page by page: each page names the next in its `Link` header. */
export async function requestAll<T>(path: string, signal: AbortSignal): Promise<readonly T[]> {
  const items: T[] = [];
  for (let next: string | null = path; next !== null;) {
    const { body, link } = await answerOf(next, { signal });
    items.push(...(body as readonly T[]));
    next = /<\/api\/v1(\/[^>]*)>;\s*rel="next"/.exec(link ?? '')?.[1] ?? null;
  }
  return items;
}

async function answerOf(
  path: string,
  options: RequestOptions,
): Promise<{ readonly body: unknown; readonly link: string | null }> {
  const { method = 'GET', body, headers = {}, signal, keepalive = false, timeOutMs = TIME_OUT_MS } = options;
  const timeOut = AbortSignal.timeout(timeOutMs);
  let response: Response;
  let text: string;
  try {
    response = await fetch(`${BASE}${path}`, {
      method,
      keepalive,
      credentials: 'same-origin',
      headers: {
        Accept: 'application/json',
        ...(body === undefined ? {} : { 'Content-Type': 'application/json' }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: bodyOf(body) }),
      signal: signal ? AbortSignal.any([signal, timeOut]) : timeOut,
    });
    text = await response.text();
  } catch (error) {
    if (signal?.aborted === true) throw error;
    throw new NoAnswerError('Không kết nối được với hệ thống.', { cause: error });
  }
  if (response.status >= 500) throw new NoAnswerError('Hệ thống đang bận hoặc gặp sự cố.');
  const answer = parseJson(text);
  if (!response.ok) throw new RefusedError(response.status, asProblem(response.status, answer));
  return { body: answer, link: response.headers.get('link') };
}

function bodyOf(body: unknown): string | Blob {
  return typeof body === 'string' || body instanceof Blob ? body : JSON.stringify(body);
}

function parseJson(text: string): unknown {
  if (text === '') return undefined;
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new NoAnswerError('Hệ thống trả lời không đúng khuôn dạng.', { cause: error });
  }
}

function asProblem(status: number, answer: unknown): ProblemDetails {
  if (typeof answer === 'object' && answer !== null && 'code' in answer && 'detail' in answer)
    return answer as ProblemDetails;
  return {
    type: 'about:blank',
    title: 'Chưa thực hiện được',
    status,
    detail: 'Hệ thống không nhận yêu cầu này.',
    code: 'server.unexpected',
  };
}

/** The sentence for a person, whatever went wrong. */
export function sayError(error: unknown): string {
  return error instanceof RefusedError || error instanceof NoAnswerError
    ? error.message
    : 'Có lỗi ngoài dự kiến. Đồng chí vui lòng tải lại trang.';
}
