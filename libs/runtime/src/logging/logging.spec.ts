import { pino } from 'pino';
import { loggingOf } from './logging';

describe('the log', () => {
  it('holds no address, number or secret, and says which service wrote it', () => {
    let written = '';
    const log = pino(loggingOf({ logLevel: 'info' }, 'notifier'), {
      write: (line: string) => {
        written += line;
      },
    });
    log.info('could not write to vanthu@haiphong.example or 0912345678');
    log.error(
      {
        password: 'hunter2',
        headers: { authorization: 'Bearer abc', cookie: 'mach_session=abc' },
        kept: 'this',
      },
      'refused',
    );
    log.error({ err: new Error('550 no such user head@haiphong.example') }, 'failed');
    log.debug('not at this level');

    const lines = written.trim().split('\n');
    expect(lines).toHaveLength(3);
    for (const line of lines) expect(JSON.parse(line)).toMatchObject({ service: 'notifier' });
    expect(JSON.parse(lines[0] ?? '')).toMatchObject({
      level: 'info',
      msg: 'could not write to [e-mail] or [phone]',
    });
    expect(JSON.parse(lines[1] ?? '')).toMatchObject({
      level: 'error',
      kept: 'this',
      password: '[redacted]',
    });
    for (const secret of ['vanthu@', '0912345678', 'hunter2', 'Bearer', 'mach_session', 'head@'])
      expect(written).not.toContain(secret);
  });
});
