/**
 * What became of a delivery (lần gửi): `sent` is in the provider's hands, `delivered` has reached the person;
 * `cancelled` because nothing was owed any more.
 */
export const DELIVERY_STATES = ['planned', 'sent', 'delivered', 'failed', 'cancelled'] as const;
export type DeliveryState = (typeof DELIVERY_STATES)[number];
