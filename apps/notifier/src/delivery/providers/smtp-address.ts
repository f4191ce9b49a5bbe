/** Where the mail server is, who we are there, and how the line is protected; read from `SMTP_URL`. */
export interface SmtpAddress {
  readonly host: string;
  readonly port: number;
  /** TLS from the first octet (`smtps://`). */
  readonly secure: boolean;
  /** Nothing is said before STARTTLS succeeded, least of all a password. */
  readonly requireTls: boolean;
  /** STARTTLS is not even tried: on the own machine there is nobody to hide from. */
  readonly ignoreTls: boolean;
  readonly auth: { readonly user: string; readonly pass: string } | null;
  /** Our name in EHLO; null leaves it to the caller. */
  readonly name: string | null;
}

/**
 * Reads `smtp://user:password@host:port[?requireTLS=false][&name=mach.example]`; `smtps://` is TLS. The usual
 * ports are 587 and 465. Off loopback STARTTLS is required unless `requireTLS=false`; with a password it is
 * required in any case, and an address that says otherwise is refused.
 * @throws Error when a password would travel in clear
 */
export function readSmtpUrl(
  text: string,
  isLoopback: (host: string) => boolean = isLoopbackHost,
): SmtpAddress {
  const url = new URL(text);
  const secure = url.protocol === 'smtps:';
  const host = url.hostname.replace(/^\[|\]$/g, '');
  const own = isLoopback(host);
  const asked = url.searchParams.get('requireTLS');
  const requireTls = !secure && (asked === null ? !own : asked !== 'false');
  const auth =
    url.username === ''
      ? null
      : { user: decodeURIComponent(url.username), pass: decodeURIComponent(url.password) };
  if (auth !== null && !secure && !requireTls && !own)
    throw new Error('SMTP_URL would send its password in clear: use smtps:// or leave requireTLS=false out');
  return {
    host,
    port: url.port === '' ? (secure ? 465 : 587) : Number(url.port),
    secure,
    requireTls,
    ignoreTls: own && !requireTls,
    auth,
    name: url.searchParams.get('name'),
  };
}

function isLoopbackHost(host: string): boolean {
  return host === 'localhost' || host === '::1' || /^127(\.\d{1,3}){3}$/.test(host);
}
