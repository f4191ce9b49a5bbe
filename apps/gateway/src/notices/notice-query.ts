import { Type } from 'class-transformer';
import { IsIn, IsInt, IsOptional, IsString, Matches, Max, MaxLength, Min } from 'class-validator';
import { DELIVERY_STATES, type DeliveryState } from '@mach/domain';
import type { NoticePlace } from '@mach/persistence';
import { IsCode } from '../directory/is-code.decorator';

/** When a row was written, its obligation, its contact, its step. */
const CURSOR = /^\d{1,16}\.\d{1,15}\.\d{1,9}\.[\p{L}\p{N}._/-]{1,100}$/u;

/** Query of `GET /notices`. */
export class NoticeQuery {
  /** Words of a unit's code or name, accents ignored. */
  @IsOptional()
  @IsString()
  @MaxLength(100)
  q?: string;

  @IsOptional()
  @Matches(/^\d{1,15}$/)
  obligation?: string;

  @IsOptional()
  @IsCode()
  unit?: string;

  @IsOptional()
  @IsCode()
  requirement?: string;

  @IsOptional()
  @IsCode()
  period?: string;

  @IsOptional()
  @IsCode()
  step?: string;

  @IsOptional()
  @IsIn(DELIVERY_STATES)
  state?: DeliveryState;

  @IsOptional()
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(1_000)
  limit = 200;

  /** From `next` of the page before. */
  @IsOptional()
  @Matches(CURSOR)
  cursor?: string;
}

export function cursorOf({ writtenAt, obligationId, step, contactId }: NoticePlace): string {
  return [writtenAt, obligationId, String(contactId), step].join('.');
}

/** The place a cursor of the query's form names; null without one. */
export function placeOf(cursor: string | undefined): NoticePlace | null {
  const [writtenAt, obligationId, contactId, ...step] = cursor?.split('.') ?? [];
  if (writtenAt === undefined || obligationId === undefined) return null;
  return { writtenAt, obligationId, contactId: Number(contactId), step: step.join('.') };
}
