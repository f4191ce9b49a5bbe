/** What Mạch uses of the package `smpp` 0.5, which ships without types. */
declare module 'smpp' {
  import type { EventEmitter } from 'node:events';
  import type { Server as NetServer, Socket } from 'node:net';

  export interface ShortMessage {
    /** One buffer when sent (with its length octet), a list of information elements when received. */
    readonly udh?: Buffer | readonly Buffer[];
    readonly message: string | Buffer;
  }

  export interface PduFields {
    readonly command_status?: number;
    readonly system_id?: string;
    readonly password?: string;
    readonly interface_version?: number;
    readonly user_message_reference?: number;
    readonly source_addr?: string;
    readonly source_addr_ton?: number;
    readonly source_addr_npi?: number;
    readonly destination_addr?: string;
    readonly dest_addr_ton?: number;
    readonly dest_addr_npi?: number;
    readonly esm_class?: number;
    readonly registered_delivery?: number;
    /** Sent as text (SMPP 3.4 section 7.1.1); received as the moment at which it ends. */
    readonly validity_period?: string | Date;
    readonly data_coding?: number;
    readonly short_message?: ShortMessage | Buffer | string;
    readonly message_id?: string;
    readonly receipted_message_id?: string;
    readonly message_state?: number;
  }

  export interface Pdu extends PduFields {
    readonly command: string;
    readonly command_status: number;
    readonly sequence_number: number;
    response(fields?: PduFields): Pdu;
    isResponse(): boolean;
  }

  type OnResponse = (response: Pdu) => void;

  export class Session extends EventEmitter {
    readonly socket: Socket;
    /** False when the socket is no longer writable; nothing was sent then. */
    send(pdu: Pdu): boolean;
    bind_transceiver(fields: PduFields, onResponse: OnResponse): boolean;
    enquire_link(fields: PduFields, onResponse: OnResponse): boolean;
    submit_sm(fields: PduFields, onResponse: OnResponse): boolean;
    deliver_sm(fields: PduFields, onResponse: OnResponse): boolean;
    unbind(onResponse: OnResponse): boolean;
    close(): void;
    destroy(): void;
  }

  export interface Server extends NetServer {
    readonly sessions: readonly Session[];
  }

  export function connect(options: {
    readonly host: string;
    readonly port: number;
    readonly tls?: boolean;
  }): Session;
  export function createServer(onSession: (session: Session) => void): Server;

  interface TextEncoding {
    match(text: string): boolean;
    encode(text: string): Buffer;
    decode(octets: Buffer): string;
  }
  export const encodings: { readonly ASCII: TextEncoding; readonly UCS2: TextEncoding };
}
