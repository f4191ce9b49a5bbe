import { deadlineWords, midSentence, shortDeadline, spokenDeadline } from '@mach/domain';
import type { OwedItem, ReturnedItem } from '@mach/persistence';
import { answerLines, answersCounted, answerWords } from './answer-words';
import type { BelowGroup, DigestContent } from './digest-content';
import { correctionWords, isOwed, lackWords } from './return-words';
import type { MailText } from '../providers/mail-sender.port';

interface Section {
  readonly heading: string;
  readonly lines: readonly string[];
  readonly units: readonly string[];
  readonly link: { readonly words: string; readonly url: string };
}

/**
 * The e-mail of a digest: one for all that its reader owes and has to urge, as text and as simple HTML of the
 * same words.
 */
export function composeMail(content: DigestContent, publicUrl: string): MailText {
  const sections = [
    ...content.own.map((item) => ownSection(item, content, publicUrl)),
    ...content.below.map((group) => belowSection(group, content, publicUrl)),
  ];
  const subject = subjectOf(content);
  const greeting = `Kính gửi: ${content.recipient.name}`;
  const opening = openingOf(content);
  return {
    subject,
    text: textOf(greeting, opening, sections),
    html: htmlOf(subject, greeting, opening, sections),
  };
}

const SIGNATURE = [
  'Thư này do hệ thống Mạch tự động gửi; xin không trả lời.',
  'Nếu đơn vị vừa gửi báo cáo thì xin bỏ qua thư này.',
];

function subjectOf({ own, below, now }: DigestContent): string {
  const [first] = own;
  const [group] = below;
  if (first !== undefined && own.length === 1 && group === undefined) {
    const about = `báo cáo ${midSentence(first.period.label)} theo ${first.plan.symbol}`;
    const answer = answerWords(first, about);
    if (answer !== null) return `[Mạch] Trả lời đề nghị gia hạn: ${answer}`;
    if (first.returned !== null)
      return `[Mạch] Trả lại ${about}, ${correctionWords(first.returned)}, hạn ${shortDeadline(first.deadline)}`;
    return first.deadline < now
      ? `[Mạch] Quá hạn: ${about}`
      : `[Mạch] Nhắc nộp ${about}, hạn ${shortDeadline(first.deadline)}`;
  }
  if (first === undefined && group !== undefined && below.length === 1) {
    const about = `báo cáo ${midSentence(group.period.label)} theo ${group.plan.symbol}`;
    return `[Mạch] Đôn đốc: ${String(group.count)} đơn vị ${lackWords(group.listed)} ${about}`;
  }
  const owed = own.filter(isOwed);
  const late = owed.filter((item) => item.deadline < now).length;
  const parts = [
    owed.length === 0
      ? ''
      : `${String(owed.length)} báo cáo ${lackWords(owed)}${late === 0 ? '' : ` (${String(late)} quá hạn)`}`,
    answersCounted(own) ?? '',
    group === undefined
      ? ''
      : `${String(below.reduce((sum, { count }) => sum + count, 0))} đơn vị cấp dưới chưa nộp`,
  ];
  return `[Mạch] Đôn đốc: ${parts.filter((part) => part !== '').join('; ')}`;
}

function openingOf({ recipient, own, below }: DigestContent): string {
  const owed = own.filter(isOwed);
  if (own.length > 0 && (owed.length === 0 || own.every(({ answered }) => answered !== null))) {
    const also = below.length === 0 ? '' : ', và có đơn vị cấp dưới chưa nộp báo cáo';
    return `Đề nghị gia hạn của ${recipient.unitName} đã được trả lời${also}:`;
  }
  if (own.length > 0 && own.every(({ returned }) => returned !== null) && below.length === 0)
    return `${recipient.unitName} có báo cáo bị cấp trên trả lại, đề nghị sửa và nộp lại:`;
  if (own.length > 0 && below.length > 0)
    return `${recipient.unitName} còn báo cáo ${lackWords(owed)}, và có đơn vị cấp dưới chưa nộp báo cáo:`;
  if (own.length > 0) return `${recipient.unitName} còn ${String(owed.length)} báo cáo ${lackWords(owed)}:`;
  return `Các đơn vị sau thuộc ${recipient.unitName} chưa nộp báo cáo. Đề nghị đôn đốc:`;
}

function ownSection(item: OwedItem, { now }: DigestContent, publicUrl: string): Section {
  const { returned } = item;
  return {
    heading: item.requirement.title,
    lines: [
      `Kỳ báo cáo: ${item.period.label}`,
      `Theo: ${item.plan.symbol} – ${item.plan.title}`,
      ...answerLines(item),
      ...(returned === null ? [] : [returnedLine(returned)]),
      ...(isOwed(item) ? [dueLine(item, now)] : []),
    ],
    units: (returned?.figures ?? []).map(({ label, reason }) => `${label}: ${reason}`),
    link: {
      words: isOwed(item) ? (returned === null ? 'Nộp báo cáo' : 'Sửa báo cáo') : 'Xem báo cáo',
      url: `${publicUrl}/bao-cao/${item.obligationId}`,
    },
  };
}

function dueLine({ returned, deadline }: OwedItem, now: number): string {
  const which = returned === null ? 'Hạn nộp' : 'Hạn sửa';
  return `${which}: ${spokenDeadline(deadline)} (${deadlineWords(now, deadline)})`;
}

function returnedLine(returned: ReturnedItem): string {
  const why = returned.reason === null ? '' : ` Lý do: ${returned.reason}`;
  return `Cấp trên trả lại, ${correctionWords(returned)}.${why}`;
}

function belowSection(group: BelowGroup, { now, recipient }: DigestContent, publicUrl: string): Section {
  const more = group.count - group.listed.length;
  const place = [group.requirement.code, group.period.key, recipient.unitCode]
    .map(encodeURIComponent)
    .join('/');
  return {
    heading: group.requirement.title,
    lines: [
      `Kỳ báo cáo: ${group.period.label}`,
      `Theo: ${group.plan.symbol} – ${group.plan.title}`,
      `Chưa nộp: ${String(group.count)} đơn vị`,
    ],
    units: [
      ...group.listed.map(
        (item) =>
          `${item.unit.name} (${item.unit.code}): hạn ${shortDeadline(item.deadline)}, ${deadlineWords(now, item.deadline)}`,
      ),
      ...(more > 0 ? [`… và ${String(more)} đơn vị khác`] : []),
    ],
    link: { words: 'Xem tình hình nộp báo cáo', url: `${publicUrl}/theo-doi/${place}` },
  };
}

function textOf(greeting: string, opening: string, sections: readonly Section[]): string {
  const blocks = sections.map(({ heading, lines, units, link }, index) =>
    [
      `${String(index + 1)}. ${heading}`,
      ...lines.map((line) => `   ${line}`),
      ...units.map((unit) => `   - ${unit}`),
      `   ${link.words}: ${link.url}`,
    ].join('\n'),
  );
  return [greeting, opening, ...blocks, SIGNATURE.join('\n')].join('\n\n') + '\n';
}

function htmlOf(subject: string, greeting: string, opening: string, sections: readonly Section[]): string {
  const blocks = sections.map(
    ({
      heading,
      lines,
      units,
      link,
    }) => `<div style="border:1px solid #d8dce1;border-radius:8px;padding:12px 16px;margin:12px 0">
<p style="margin:0 0 6px;font-weight:600">${escaped(heading)}</p>
${lines.map((line) => `<p style="margin:2px 0">${escaped(line)}</p>`).join('\n')}
${units.length === 0 ? '' : `<ul style="margin:8px 0;padding-left:20px">${units.map((unit) => `<li>${escaped(unit)}</li>`).join('')}</ul>`}
<p style="margin:10px 0 0"><a href="${escaped(link.url)}" style="color:#b3261e">${escaped(link.words)}</a></p>
</div>`,
  );
  return `<!doctype html>
<html lang="vi"><head><meta charset="utf-8"><title>${escaped(subject)}</title></head>
<body style="font:15px/1.5 Arial,'Helvetica Neue',sans-serif;color:#1f2328;max-width:640px;margin:0 auto;padding:16px">
<p>${escaped(greeting)}</p>
<p>${escaped(opening)}</p>
${blocks.join('\n')}
<p style="color:#5b6570;font-size:13px">${SIGNATURE.map(escaped).join('<br>')}</p>
</body></html>
`;
}

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${String(character.charCodeAt(0))};`);
}
