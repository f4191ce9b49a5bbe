import { createHash, randomUUID } from 'node:crypto';
import type { FormDefinition, ReportPayload } from '@mach/domain';
import { reportReceivedV2, type Envelope } from '@mach/contracts';
import type { IntakeStore, OutboxMessage, ReceivedReport } from '@mach/persistence';
import { NOW, type PlantedTree } from './planted-tree';

/** One indicator of each way to combine, and two contradictions to be caught. */
export const FORM: FormDefinition = {
  indicators: [
    quantity('sessions', 'Số buổi học tập', { kind: 'sum' }),
    {
      code: 'attendance',
      label: 'Đảng viên dự học',
      section: 'Học tập',
      required: true,
      time: 'flow',
      type: 'ratio',
      unit: 'đảng viên',
      numeratorLabel: 'Dự học',
      denominatorLabel: 'Tổng số',
      decimals: 0,
      bounded: true,
      aggregation: { kind: 'ratioOfSums' },
    },
    quantity('members', 'Số đảng viên', { kind: 'sum' }),
    {
      ...quantity('satisfaction', 'Mức hài lòng', { kind: 'weightedMean', weight: 'members' }),
      type: 'percent',
      unit: '%',
      decimals: 1,
    },
    { ...quantity('largest', 'Buổi đông nhất', { kind: 'max' }), required: false },
    { ...quantity('smallest', 'Buổi ít nhất', { kind: 'min' }), required: false },
  ],
  narratives: [],
  allowNil: true,
  rules: [
    {
      code: 'sizes',
      expression: 'smallest <= largest',
      severity: 'block',
      message: 'Buổi ít nhất không được lớn hơn buổi đông nhất.',
    },
  ],
};

function quantity(
  code: string,
  label: string,
  aggregation: { kind: 'sum' | 'max' | 'min' } | { kind: 'weightedMean'; weight: string },
) {
  return {
    code,
    label,
    section: 'Học tập',
    required: true,
    time: 'flow' as const,
    type: 'integer' as const,
    unit: 'buổi',
    decimals: 0,
    aggregation,
  };
}

/** A valid payload whose figures all follow from `size`. */
export function aPayload(size: number, overrides: ReportPayload['figures'] = {}): ReportPayload {
  return {
    figures: {
      sessions: size,
      attendance: { numerator: String(size), denominator: size + 3 },
      members: size + 3,
      satisfaction: `${String(size % 100)}.5`,
      largest: size,
      smallest: size % 2 === 0 ? Math.floor(size / 2) : null,
      ...overrides,
    },
    narratives: {},
  };
}

/** A payload that the form refuses: more attended than there are. */
export function aContradiction(size: number): ReportPayload {
  return aPayload(size, { attendance: { numerator: size + 4, denominator: size + 3 } });
}

/** A report as the gateway writes it down; its sender had seen `basedOn`. */
export function aReceivedReport(
  tree: PlantedTree,
  unit: number,
  payload: ReportPayload,
  receivedAt = NOW,
  basedOn: ReceivedReport | null = null,
): ReceivedReport {
  const submissionId = randomUUID();
  const obligationId = tree.obligationIds[unit] ?? null;
  if (obligationId === null) throw new Error(`unit ${String(unit)} is not asked`);
  return {
    submissionId,
    receiptNumber: submissionId,
    receiptKey: submissionId,
    bodyHash: createHash('sha256').update(JSON.stringify(payload)).digest(),
    obligationId: Number(obligationId),
    formVersionId: tree.formVersionId,
    accountId: tree.accountId,
    payload: JSON.stringify(payload),
    judged: null,
    basedOn: basedOn?.receiptNumber ?? null,
    receivedAt,
  };
}

/** Writes a group of reports down as the gateway does, and answers the message that asks for their decision. */
export async function writeGroup(
  intake: IntakeStore,
  reports: readonly ReceivedReport[],
): Promise<OutboxMessage> {
  const id = randomUUID();
  const { name, version, queue } = reportReceivedV2;
  const message = { id, name, version, queue, occurredAt: NOW, correlationId: id, causationId: null };
  await intake.receive(reports, message);
  return { ...message, payload: { submissionIds: reports.map((report) => report.submissionId) } };
}

/** What travels in a job for `message`; written here once more, as an earlier process would have left it. */
export function envelopeFor(message: OutboxMessage): Envelope {
  const { id, name, version, correlationId, causationId, payload } = message;
  return {
    id,
    name,
    version,
    correlationId,
    causationId,
    payload,
    occurredAt: new Date(message.occurredAt).toISOString(),
  };
}
