/**
 * What became of a delivery (lần gửi). `planned` → `sending` (one attempt is under way) → `sent`, in the
 * provider's hands → `delivered`, has reached the person, or `failed`. `unknown`: an attempt whose outcome
 * nobody knows; it is sent at most once more, and a late answer or receipt moves it on. `cancelled`: nothing
 * was owed any more. Nothing moves a delivery back from `delivered`.
 */
export const DELIVERY_STATES = [
  'planned',
  'sending',
  'sent',
  'delivered',
  'unknown',
  'failed',
  'cancelled',
] as const;
export type DeliveryState = (typeof DELIVERY_STATES)[number];
