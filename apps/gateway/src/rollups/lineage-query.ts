import { IsOptional, Matches } from 'class-validator';
import type { NodePartRead } from '@mach/persistence';

type Place = Pick<NodePartRead, 'rank' | 'unitId'>;

/** `GET …/figures/:indicator?after=`: the place behind which the page begins. */
export class LineageQuery {
  @IsOptional()
  @Matches(/^(-1|\d{1,60})\.\d{1,9}$/, { message: 'Trang không đúng, đề nghị mở lại từ đầu.' })
  after?: string;
}

/** A part's place among the others, as it travels. */
export function cursorOf({ rank, unitId }: Place): string {
  return `${rank}.${String(unitId)}`;
}

/** The place that a checked cursor names. */
export function afterOf(cursor: string | null): Place | null {
  if (cursor === null) return null;
  const [rank = '', unitId = ''] = cursor.split('.');
  return { rank, unitId: Number(unitId) };
}
