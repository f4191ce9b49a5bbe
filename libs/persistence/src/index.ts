export { ClockOffsetStore } from './clock-offset/clock-offset.store';
export { DatabasePing } from './database-ping';
export { GroupCommit, type GroupCommitOptions } from './group-commit';
export { migrate } from './migrate';
export { OutboxStore, type OutboxMessage } from './outbox/outbox.store';
export { CONTACT_KEY, connect, PersistenceModule, type PersistenceOptions } from './persistence.module';
export { type ReplayResult, type SetAsideEntry, type SetAsideMessage, SetAsideStore } from './set-aside/set-aside.store';
export { isConnectionFault, sqlStateOf } from './sql-state';
export { type Transaction, Transactions } from './transactions';
