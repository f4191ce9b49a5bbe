import { errorEntry } from './error-entry';

describe('what the log says of an error', () => {
  it('is its name, message, code, stack and causes, and nothing that hangs on it', () => {
    const deep = Object.assign(new Error('invalid input syntax for type integer: "bí mật"'), {
      code: '22P02',
    });
    const error = Object.assign(new Error('the job failed', { cause: deep }), {
      name: 'QueryFailedError',
      code: '23503',
      query: 'insert into submission values ($1)',
      parameters: ['bí mật'],
      driverError: { detail: 'Key (id)=(bí mật) is missing' },
      command: { name: 'set', args: ['bí mật'] },
    });
    const entry = errorEntry(error) as Record<string, unknown>;
    expect(Object.keys(entry).sort()).toEqual(['cause', 'code', 'message', 'name', 'stack']);
    expect(entry).toMatchObject({
      name: 'QueryFailedError',
      message: 'the job failed',
      code: '23503',
      cause: { code: '22P02', message: 'invalid input syntax for type integer: […]' },
    });
    expect(entry['stack']).toMatch(/^QueryFailedError: the job failed\n {4}at .*error-entry\.spec/);
    expect(JSON.stringify(entry)).not.toContain('bí mật');
  });

  it('ends, however the causes are tied', () => {
    const error = new Error('a circle');
    error.cause = error;
    expect(JSON.stringify(errorEntry(error)).match(/"message"/g)).toHaveLength(4);
  });

  it('leaves what is no error', () => {
    for (const value of ['text', 4, null, { a: 1 }]) expect(errorEntry(value)).toBe(value);
  });
});
