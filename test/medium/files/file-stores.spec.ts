import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { access, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import S3rver from 's3rver';
import type { FileStore } from '../../../apps/gateway/src/files/storing/file-store.port';
import { FolderFileStore } from '../../../apps/gateway/src/files/storing/folder.file-store';
import { S3FileStore } from '../../../apps/gateway/src/files/storing/s3.file-store';
import { signatureOf } from './signature';

const BUCKET = 'mach-kem-theo';
/** The key that the server knows. */
const KEY = 'S3RVER';

let folder: string;
let server: S3rver;
let host: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'mach-stores-'));
  server = new S3rver({
    port: 0,
    address: '127.0.0.1',
    silent: true,
    directory: join(folder, 's3'),
    configureBuckets: [{ name: BUCKET, configs: [] }],
  });
  const { port } = await server.run();
  host = `127.0.0.1:${String(port)}`;
});
afterAll(async () => {
  await server.close();
  await rm(folder, { recursive: true });
});

const bucket = (at = BUCKET): FileStore =>
  new S3FileStore({ url: `http://${KEY}:${KEY}@${host}/${at}`, region: 'us-east-1' });

async function aFile(content: Buffer): Promise<string> {
  const path = join(folder, randomUUID());
  await writeFile(path, content);
  return path;
}

describe.each([
  ['a folder', (): FileStore => new FolderFileStore(join(folder, 'kept'))],
  ['a bucket of an S3 server', (): FileStore => bucket()],
  ['a folder of a bucket', (): FileStore => bucket(`${BUCKET}/nam-2026/`)],
])('files in %s', (_place, open) => {
  it('come back as they were, until they are removed', async () => {
    const store = open();
    const id = randomUUID();
    const content = Buffer.from(Array.from({ length: 300_000 }, (_, index) => index % 251));
    expect(await store.get(id)).toBeNull();
    await store.put(id, await aFile(content));
    const kept = await store.get(id);
    expect(kept !== null && (await buffer(kept)).equals(content)).toBe(true);
    await store.remove(id);
    expect(await store.get(id)).toBeNull();
    await store.remove(id);
  });

  it('do not touch one another', async () => {
    const store = open();
    const [one, other] = [randomUUID(), randomUUID()];
    await store.put(one, await aFile(Buffer.from('one')));
    await store.put(other, await aFile(Buffer.from('other')));
    await store.remove(one);
    const kept = await store.get(other);
    expect(kept === null ? null : String(await buffer(kept))).toBe('other');
  });
});

describe('a bucket', () => {
  it('that does not know the key keeps nothing, and says so', async () => {
    const store = new S3FileStore({ url: `http://other:secret@${host}/${BUCKET}`, region: 'us-east-1' });
    const path = await aFile(Buffer.from('x'));
    await expect(store.put(randomUUID(), path)).rejects.toThrow(/403/);
    await expect(store.get(randomUUID())).rejects.toThrow(/403/);
    await expect(store.remove(randomUUID())).rejects.toThrow(/403/);
  });

  it('can tell by every request that its sender knows the secret', async () => {
    const seen: ReturnType<typeof signatureOf>[] = [];
    const listener = createServer((request, response) => {
      seen.push(signatureOf(request, 'bí/mật+1'));
      request.resume().on('end', () => response.end('x'));
    });
    listener.listen(0, '127.0.0.1');
    await once(listener, 'listening');
    const { port } = listener.address() as AddressInfo;
    const secret = encodeURIComponent('bí/mật+1');
    const store = new S3FileStore({
      url: `http://key:${secret}@127.0.0.1:${String(port)}/b/c`,
      region: 'hp-1',
    });
    const id = randomUUID();
    await store.put(id, await aFile(Buffer.from('content')));
    const kept = await store.get(id);
    expect(kept === null ? null : String(await buffer(kept))).toBe('x');
    await store.remove(id);
    expect(seen.map(({ said }) => said)).toEqual(seen.map(({ right }) => right));
    expect(seen).toHaveLength(3);
    listener.close();
  });

  it('that does not exist is not a file that does not', async () => {
    await expect(bucket('khong-co').put(randomUUID(), await aFile(Buffer.from('x')))).rejects.toThrow(/404/);
  });
});

it('a folder moves what arrived instead of copying it', async () => {
  const path = await aFile(Buffer.from('x'));
  await new FolderFileStore(join(folder, 'moved')).put(randomUUID(), path);
  await expect(access(path)).rejects.toThrow('ENOENT');
});
