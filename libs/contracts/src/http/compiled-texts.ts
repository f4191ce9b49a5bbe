/** `GET /api/v1/rollups/:requirement/:period/:unit/texts/:code`: what the units of a subtree wrote under one heading. */
export interface CompiledTextsView {
  /** In the order of the units' codes. */
  readonly items: readonly CompiledTextView[];
  /** `cursor` of the next page; null after the last. */
  readonly next: string | null;
}

/** One unit's text, out of the report that counts now. */
export interface CompiledTextView {
  readonly obligationId: string;
  readonly unit: { readonly code: string; readonly name: string };
  readonly receiptNumber: string;
  readonly version: number;
  readonly receivedAt: string;
  readonly text: string;
}
