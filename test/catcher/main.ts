import { parseArgs } from 'node:util';
import { Catcher } from './catcher';

const { values } = parseArgs({
  options: {
    http: { type: 'string' },
    smtp: { type: 'string' },
    smpp: { type: 'string' },
    host: { type: 'string' },
  },
});

function portFor(argument: string | undefined, variable: string, usual: number): number {
  const text = argument ?? process.env[variable];
  if (text === undefined || text === '') return usual;
  const port = Number(text);
  if (!Number.isInteger(port) || port < 0 || port > 65_535)
    throw new Error(`${variable}: «${text}» is not a port`);
  return port;
}

async function main(): Promise<void> {
  const catcher = new Catcher();
  const host = values.host ?? process.env['CATCHER_HOST'] ?? '127.0.0.1';
  const ports = await catcher.start(
    {
      http: portFor(values.http, 'CATCHER_HTTP_PORT', 8025),
      smtp: portFor(values.smtp, 'CATCHER_SMTP_PORT', 2525),
      smpp: portFor(values.smpp, 'CATCHER_SMPP_PORT', 2775),
    },
    host,
  );
  const stop = (): void => {
    void catcher.stop().then(() => process.exit(0));
  };
  process.once('SIGTERM', stop);
  process.once('SIGINT', stop);
  // Started by `npm start`: it is told what became of us, and we go when it is gone.
  process.once('disconnect', stop);
  if (process.send !== undefined && !process.connected) stop();
  process.send?.({ kind: 'ready' });
  console.log(
    `catcher ready: page http://${host}:${String(ports.http)} smtp ${host}:${String(ports.smtp)} smpp ${host}:${String(ports.smpp)}`,
  );
}

main().catch((error: unknown) => {
  console.error(`catcher: ${error instanceof Error ? error.message : String(error)}`);
  const { code, port } = error as { code?: string; port?: number };
  if (code !== 'EADDRINUSE' || process.send === undefined) process.exit(1);
  process.send({ kind: 'portTaken', port }, () => process.exit(1));
});
