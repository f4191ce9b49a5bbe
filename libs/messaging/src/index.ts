export { BullMqTransport, type TransportOptions } from './consumers/bullmq-transport';
export { connectConsumers } from './consumers/connect-consumers';
export { JobContext } from './consumers/job-context';
export { drain, type DrainOptions } from './drain';
export { MessagePublisher, type PublisherOptions } from './message-publisher';
export { MessagingModule, type MessagingOptions } from './messaging.module';
export { outboxMessage, type MessageOrigin } from './outbox-message';
export { OutboxRelay } from './outbox-relay';
export { Sweep } from './sweep';
