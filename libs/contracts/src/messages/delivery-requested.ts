import { IsUUID } from 'class-validator';
import { defineMessage } from './define-message';

export class DeliveryRequestedV1 {
  @IsUUID()
  deliveryId!: string;
}

/** A message to a person is planned in the ledger and is to be sent now. */
export const deliveryRequested = defineMessage({
  name: 'delivery.requested',
  version: 1,
  queue: 'delivery',
  payload: DeliveryRequestedV1,
});
