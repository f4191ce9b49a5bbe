import { isConnectionFault, isOutcomeUnknown } from './sql-state';

const coded = (code: string, message = code): Error => Object.assign(new Error(message), { code });

describe('what is known about a write that failed', () => {
  it.each([
    ['the connection broke', new Error('Connection terminated unexpectedly')],
    ['the network broke', coded('ECONNRESET')],
    ['the server was stopped', coded('57P01')],
    ['the server crashed', coded('57P02')],
    ['the protocol broke', coded('08006')],
  ])('nothing, when %s', (_what, error) => {
    expect([isConnectionFault(error), isOutcomeUnknown(error)]).toEqual([true, true]);
  });

  it.each([
    ['the server could not be reached', coded('ECONNREFUSED')],
    ['no connection was free', new Error('timeout exceeded when trying to connect')],
    ['the server took no connection', coded('57P03')],
    ['there were too many connections', coded('53300')],
    ['the statement took too long', coded('57014')],
    ['a lock was not to be had', coded('55P03')],
    ['a value was wrong', coded('23505')],
    ['the code was wrong', new Error('x is not a function')],
  ])('that it does not stand, when %s', (_what, error) => {
    expect(isOutcomeUnknown(error)).toBe(false);
  });
});
