import { isPlainLine, pointerTo } from '@mach/domain';
import { ProblemException } from './problem.exception';

/** Prose of a report and of its draft, by its place in the body. */
const JUDGED_BY_DOMAIN: ReadonlySet<string> = new Set(['/narratives', '/explanations']);

/**
 * Where in what a request says the first text stands that is no plain line, or null. A report's prose may have
 * line breaks and is judged by the domain.
 */
export function findUnplain(value: unknown, pointer: string): string | null {
  if (typeof value === 'string') return isPlainLine(value) ? null : pointer;
  if (typeof value !== 'object' || value === null || JUDGED_BY_DOMAIN.has(pointer)) return null;
  for (const [name, inner] of Object.entries(value)) {
    if (!isPlainLine(name)) return pointer;
    const found = findUnplain(inner, pointerTo(pointer, name));
    if (found !== null) return found;
  }
  return null;
}

export function unplainText(pointer: string): ProblemException {
  const message =
    'Mục này có xuống dòng, ký tự điều khiển hoặc ký tự hỏng, không dùng được ở đây. Đề nghị xoá ký tự đó hoặc gõ lại.';
  return new ProblemException('request.invalid', {
    errors: [{ pointer, code: 'request.unreadableText', message }],
  });
}
