import { ArrayMaxSize, IsArray, IsString } from 'class-validator';

const UNITS_AT_MOST = 20_000;

export class FiguresChanged {
  @IsString()
  readonly requirement!: string;

  @IsString()
  readonly period!: string;

  /** Codes of the units whose node was recomputed. */
  @IsArray()
  @ArrayMaxSize(UNITS_AT_MOST)
  @IsString({ each: true })
  readonly units!: readonly string[];
}

/**
 * Hint that figures changed, sent over Redis publish/subscribe (fire and forget) and turned into SSE by every
 * gateway.
 * Losing one costs nothing: screens read again by themselves.
 */
export const figuresChanged = { name: 'figures.changed', payload: FiguresChanged } as const;
