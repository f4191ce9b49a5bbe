import type { Refusal } from './outcome';

/** command_status by what it is about (SMPP 3.4 section 5.1.3; 5.0 for 0x100 and above). */
const ADDRESS = new Set([0x0b]);
/** Length, esm_class, schedule, validity, coding; a permanent fault or a rejection by the receiver. */
const MESSAGE = new Set([0x01, 0x43, 0x61, 0x62, 0x63, 0x65, 0x66, 0x0104]);
/** System error, queue full, throttled, temporary fault, delivery failure, unknown error. */
const PROVIDER = new Set([0x08, 0x14, 0x58, 0x64, 0xfe, 0xff]);
/**
 * Bind state and refusal, source address, types of numbers, service and system type, optional parameters,
 * what we are not allowed.
 */
const CONFIGURATION = new Set([
  0x04, 0x05, 0x0a, 0x0d, 0x0e, 0x0f, 0x15, 0x48, 0x49, 0x50, 0x51, 0x53, 0xc0, 0xc1, 0xc2, 0xc3, 0xc4,
  0x0100, 0x0101, 0x0102, 0x0103,
]);

/**
 * What a message centre's refusal is about. A status that is none of the above (each centre has its own from
 * 0x400) is taken as a hitch of this one message: it is tried again and never stops the channel.
 */
export function smppRefusal(status: number): Refusal {
  if (ADDRESS.has(status)) return { about: 'address', lasting: true };
  if (MESSAGE.has(status)) return { about: 'message', lasting: true };
  if (PROVIDER.has(status)) return { about: 'provider', lasting: false };
  if (CONFIGURATION.has(status)) return { about: 'configuration', lasting: true };
  return { about: 'message', lasting: false };
}
