/** Where the message centre is and who we are there, read from `SMPP_URL`. */
export interface SmppAddress {
  readonly host: string;
  readonly port: number;
  readonly tls: boolean;
  readonly systemId: string;
  readonly password: string;
  /** `?accented=true`: SMS keep their accents (UCS-2, fewer characters a message). */
  readonly accented: boolean;
}

/**
 * Reads `smpp://systemId:password@host:port[?accented=true]`; `ssmpp://` is TLS. The usual ports are 2775 and
 * 3550.
 */
export function readSmppUrl(text: string): SmppAddress {
  const url = new URL(text);
  const tls = url.protocol === 'ssmpp:';
  return {
    host: url.hostname,
    port: url.port === '' ? (tls ? 3550 : 2775) : Number(url.port),
    tls,
    systemId: decodeURIComponent(url.username),
    password: decodeURIComponent(url.password),
    accented: url.searchParams.get('accented') === 'true',
  };
}
