/**
 * What a refusal is about, and so what follows from it. `address`: this recipient; `message`: this text;
 * `provider`: the provider cannot just now, whoever is written to; `configuration`: it does not know or trust
 * us, and a person must mend that.
 */
export interface Refusal {
  readonly about: 'address' | 'message' | 'provider' | 'configuration';
  /** The same attempt would be refused again for as long as nothing is changed. */
  readonly lasting: boolean;
}

/**
 * What became of one attempt to hand a message to a provider. There are three answers, and the third is no
 * answer: `unknown` means the message was handed over and the provider may have taken it.
 */
export type Outcome =
  | { readonly kind: 'taken'; /** The provider's own id. */ readonly reference: string }
  | { readonly kind: 'refused'; readonly refusal: Refusal; readonly reason: string }
  | { readonly kind: 'unknown'; readonly reason: string };
