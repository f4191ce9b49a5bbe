import { openAsBlob } from 'node:fs';
import { Readable } from 'node:stream';
import { AwsClient } from 'aws4fetch';
import { FileStore } from './file-store.port';

/** Until a request has its answer, and a file its last byte. */
const TIME_OUT_MS = 60_000;
const TRIES_AGAIN = 2;

/** Where a bucket is, and as whom it is spoken to. */
export interface S3Place {
  /** `https://KEY:SECRET@host[:port]/bucket[/folder]`, percent-encoded. */
  readonly url: string;
  readonly region: string;
}

/** Files in a bucket of a service that speaks S3 (path-style addresses, signatures of version 4). */
export class S3FileStore extends FileStore {
  private readonly client: AwsClient;
  private readonly base: string;

  constructor({ url, region }: S3Place) {
    super();
    const place = new URL(url);
    this.client = new AwsClient({
      accessKeyId: decodeURIComponent(place.username),
      secretAccessKey: decodeURIComponent(place.password),
      service: 's3',
      region,
      retries: TRIES_AGAIN,
    });
    place.username = '';
    place.password = '';
    this.base = place.toString().replace(/\/+$/, '');
  }

  async put(id: string, path: string): Promise<void> {
    // A blob of a file: its length is known, and it is read as it is sent.
    const answer = await this.ask(id, 'PUT', await openAsBlob(path));
    if (!answer.ok) throw await refusal(answer);
    await answer.body?.cancel();
  }

  async get(id: string): Promise<Readable | null> {
    const answer = await this.ask(id, 'GET');
    if (answer.status === 404) {
      await answer.body?.cancel();
      return null;
    }
    if (!answer.ok || answer.body === null) throw await refusal(answer);
    return Readable.fromWeb(answer.body);
  }

  async remove(id: string): Promise<void> {
    const answer = await this.ask(id, 'DELETE');
    if (!answer.ok && answer.status !== 404) throw await refusal(answer);
    await answer.body?.cancel();
  }

  private ask(id: string, method: string, body?: Blob): Promise<Response> {
    return this.client.fetch(`${this.base}/${id}`, {
      method,
      signal: AbortSignal.timeout(TIME_OUT_MS),
      ...(body === undefined ? {} : { body }),
    });
  }
}

async function refusal(answer: Response): Promise<Error> {
  return new Error(
    `the file store answered ${String(answer.status)}: ${(await answer.text()).slice(0, 300)}`,
  );
}
