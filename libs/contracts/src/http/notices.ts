import type { Channel, ContactRole, DeliveryState } from '@mach/domain';

/** A row of the ledger (sổ đôn đốc): one obligation × step × person. */
export interface NoticeView {
  readonly obligationId: string;
  readonly unit: { readonly code: string; readonly name: string };
  readonly requirement: string;
  readonly period: string;
  readonly step: string;
  readonly contact: { readonly name: string; readonly role: ContactRole; readonly unit: string };
  readonly plannedFor: string;
  readonly createdAt: string;
  /** How the message went out, a line for each channel. */
  readonly deliveries: readonly {
    readonly channel: Channel;
    readonly state: DeliveryState;
    readonly attempts: number;
    readonly sentAt: string | null;
    readonly lastError: string | null;
  }[];
}

/**
 * `GET /api/v1/notices?q=&unit=&obligation=&requirement=&period=&step=&state=&limit=&cursor=`: the newest rows
 * first. `q` is words of a unit's code or name, `unit` a subtree, `state` what became of a message.
 */
export interface NoticeListView {
  /** `cursor` of the next page; null on the last. */
  readonly next: string | null;
  readonly items: readonly NoticeView[];
}
