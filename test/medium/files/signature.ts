import { createHash, createHmac } from 'node:crypto';
import type { IncomingMessage } from 'node:http';

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');
const hmac = (key: string | Buffer, text: string): Buffer => createHmac('sha256', key).update(text).digest();

/**
 * The signature (AWS Signature Version 4, header form) that a request should bear, worked out from what arrived: an
 * oracle of its own, since the S3 server of these tests believes every one.
 */
export function signatureOf(
  request: IncomingMessage,
  secret: string,
): { readonly said: string; readonly right: string } {
  const header = (name: string): string => String(request.headers[name] ?? '');
  const [, scope = '', signed = '', said = ''] =
    /^AWS4-HMAC-SHA256 Credential=[^/]+\/(\S+), SignedHeaders=(\S+), Signature=([0-9a-f]{64})$/.exec(
      header('authorization'),
    ) ?? [];
  const [day = '', region = '', service = ''] = scope.split('/');
  const canonical = [
    request.method,
    request.url,
    '',
    ...signed.split(';').map((name) => `${name}:${header(name)}`),
    '',
    signed,
    header('x-amz-content-sha256'),
  ].join('\n');
  const toSign = ['AWS4-HMAC-SHA256', header('x-amz-date'), scope, sha256(canonical)].join('\n');
  const key = [day, region, service, 'aws4_request'].reduce<string | Buffer>(hmac, `AWS4${secret}`);
  return { said, right: hmac(key, toSign).toString('hex') };
}
