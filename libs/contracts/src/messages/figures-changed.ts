/**
 * Hint that figures changed, sent over Redis publish/subscribe (fire and forget) and turned into SSE by every
 * gateway.
 * Losing one costs nothing: screens read again by themselves.
 */
export const FIGURES_CHANGED = 'figures.changed';

export interface FiguresChanged {
  readonly requirement: string;
  readonly period: string;
  /** Codes of the units whose node was recomputed. */
  readonly units: readonly string[];
}
