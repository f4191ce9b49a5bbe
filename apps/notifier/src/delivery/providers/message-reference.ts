/**
 * Our own reference for an SMS (user_message_reference, 16 bits): the last four hexadecimal digits of the
 * delivery's id. A centre that gives it back in a receipt lets us find a message whose answer was lost.
 */
export function userReference(deliveryId: string): number {
  return Number.parseInt(deliveryId.slice(-4), 16);
}

/** The tail of the ids that have this reference. */
export function idTailOf(reference: number): string {
  return reference.toString(16).padStart(4, '0');
}
