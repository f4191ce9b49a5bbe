/**
 * Which figures of a node are meant, always by name: `provisional` (tạm tính, all that is accepted), `approved` (đã
 * duyệt, without what still waits for its superior; the same as provisional where nothing needs approval), `signed`
 * (đã ký, what committees signed where they did, the machine's figures elsewhere).
 */
export const FIGURE_VIEWS = ['provisional', 'approved', 'signed'] as const;
export type FigureView = (typeof FIGURE_VIEWS)[number];
