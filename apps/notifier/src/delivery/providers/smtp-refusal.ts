import type { Refusal } from './outcome';

/** What nodemailer says about an attempt that failed. */
export interface SmtpFault {
  /** nodemailer's own code (`EAUTH`, `ECONNECTION` …); empty when it gives none. */
  readonly code: string;
  /** The server's reply; 0 when there was none. */
  readonly responseCode: number;
  /** The reply's text, where an enhanced status code (RFC 3463) may stand. */
  readonly response: string;
  /** What the reply answered: `CONN`, `EHLO`, `STARTTLS`, `AUTH …`, `MAIL FROM`, `RCPT TO`, `DATA`. */
  readonly command: string;
}

const PROVIDER: Refusal = { about: 'provider', lasting: false };
const CONFIGURATION: Refusal = { about: 'configuration', lasting: true };
/** Servers say by words that they do not know us: "Relaying denied", qmail's "rcpthosts". */
const NOT_FOR_US = /relay|rcpthosts|authenticat\w+ (is )?required|must issue a STARTTLS/i;

/**
 * What a failed attempt is about. Told by where in the dialogue the reply came, by the code (RFC 5321 section
 * 4.2) and the enhanced code; a doubt is decided so that nothing is failed for good by it.
 */
export function smtpRefusal(fault: SmtpFault): Refusal {
  const { code, responseCode, command } = fault;
  const lasting = responseCode >= 500;
  if (responseCode === 0) return withoutReply(code);
  if (responseCode === 421) return PROVIDER;
  switch (command) {
    case 'MAIL FROM':
      if (isTooBig(fault)) return { about: 'message', lasting };
      return lasting ? CONFIGURATION : PROVIDER;
    case 'RCPT TO':
      return ofRecipient(fault);
    case 'DATA':
      if (NOT_FOR_US.test(fault.response)) return CONFIGURATION;
      if (!lasting && (subjectOf(fault) === 3 || responseCode === 452)) return PROVIDER;
      return { about: 'message', lasting };
    default:
      // Greeting, EHLO, STARTTLS, AUTH: it will not talk to us at all.
      return lasting ? CONFIGURATION : PROVIDER;
  }
}

function withoutReply(code: string): Refusal {
  if (code === 'EENVELOPE') return { about: 'address', lasting: true };
  // A certificate that does not hold, or credentials that cannot be used.
  return code === 'ETLS' || code === 'EAUTH' ? CONFIGURATION : PROVIDER;
}

function ofRecipient(fault: SmtpFault): Refusal {
  const { responseCode, response } = fault;
  const lasting = responseCode >= 500;
  if (NOT_FOR_US.test(response) || responseCode === 530) return lasting ? CONFIGURATION : PROVIDER;
  if (responseCode >= 500 && responseCode <= 504 && responseCode !== 501) return CONFIGURATION;
  if (isTooBig(fault)) return { about: 'message', lasting };
  const subject = subjectOf(fault);
  if (subject === 3) return PROVIDER;
  // x.7: a policy, perhaps against this recipient, perhaps against us today; x.2.2: a full mailbox.
  const mayChange = subject === 7 || /^\d{3}[ -]\d\.2\.2\b/.test(response) || responseCode === 554;
  return { about: 'address', lasting: lasting && !mayChange };
}

function isTooBig({ responseCode, response }: SmtpFault): boolean {
  return (
    /^\d{3}[ -]\d\.(3\.4|2\.3)\b/.test(response) || (responseCode === 552 && !/\d\.2\.2\b/.test(response))
  );
}

/** The enhanced code's subject: 1 address, 2 mailbox, 3 system, 4 routing, 5 protocol, 6 content, 7 policy. */
function subjectOf({ response }: SmtpFault): number | null {
  const found = /^\d{3}[ -][245]\.(\d{1,3})\.\d{1,3}\b/.exec(response)?.[1];
  return found === undefined ? null : Number(found);
}
