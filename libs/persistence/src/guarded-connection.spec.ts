import { Client } from 'pg';
import { guardConnection } from './guarded-connection';

it('lets nobody die of an error that a connection says between two owners', () => {
  const client = new Client();
  const ended = new Error('terminating connection due to administrator command');
  // An emitter throws an error that nobody listens to.
  expect(() => client.emit('error', ended)).toThrow('terminating connection');
  guardConnection(client, 1_000);
  expect(() => client.emit('error', ended)).not.toThrow();
});
