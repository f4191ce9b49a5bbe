import { midSentence, shortDeadline } from '@mach/domain';
import { answersCounted, answerWords } from './answer-words';
import type { BelowGroup, DigestContent } from './digest-content';
import { correctionWords, isOwed, lackWords } from './return-words';
import { gsmLength, toGsmAlphabet } from '../providers/sms-parts';

const ONE_MESSAGE = 160;

/**
 * The SMS of a digest: which plan and which deadline, never figures or content. Without accents unless
 * `accented`. Of several wordings the longest that fits one message is taken (all are true, the shorter say
 * less politely the same); when none fits, the shortest goes out in parts.
 */
export function composeSms(content: DigestContent, accented: boolean): string {
  const wordings = wordingsOf(content).map((text) => (accented ? text : toGsmAlphabet(text)));
  const fitting = wordings.find((text) =>
    accented ? text.length <= ONE_MESSAGE : gsmLength(text) <= ONE_MESSAGE,
  );
  return fitting ?? wordings.at(-1) ?? '';
}

function wordingsOf({ recipient, own, below, now }: DigestContent): string[] {
  const unit = recipient.unitName;
  const owed = own.filter(isOwed);
  const first = owed[0] ?? own[0];
  if (first === undefined) return belowWordings(below, unit, now);
  const late = owed.filter((item) => item.deadline < now).length;
  const report = `báo cáo ${midSentence(first.period.label)} theo ${first.plan.symbol}`;
  const deadline = `hạn ${shortDeadline(first.deadline)}`;
  const also = below.length === 0 ? '' : ` Còn ${String(unitsBelow(below))} đơn vị cấp dưới chưa nộp.`;
  const answers = answersCounted(own);
  if (own.length > 1 && owed.length === 0) return [`Mạch: ${unit} có ${answers ?? ''}.${also}`];
  if (own.length > 1) {
    const lateWords = late === 0 ? '' : ` (${String(late)} quá hạn)`;
    const heard = answers === null ? '' : ` Có ${answers}.`;
    const many = `còn ${String(owed.length)} báo cáo ${lackWords(owed)}${lateWords}; sớm nhất: ${report}, ${deadline}.${heard}`;
    return [
      `Mạch: ${unit} ${many}${also} Đề nghị gửi ngay.`,
      `Mạch: ${unit} ${many}${also}`,
      `Mạch: Đơn vị ${many}${also}`,
    ];
  }
  const answer = answerWords(first, report);
  if (answer !== null) return [`Mạch: ${unit} ${answer}.${also}`, `Mạch: Đơn vị ${answer}.${also}`];
  if (first.returned !== null) {
    const returned = `bị trả lại ${report}, ${correctionWords(first.returned)}, ${deadline}.`;
    return [
      `Mạch: ${unit} ${returned}${also} Đề nghị sửa và nộp lại.`,
      `Mạch: ${unit} ${returned}${also}`,
      `Mạch: Đơn vị ${returned}${also}`,
    ];
  }
  const lacks = late > 0 ? 'chưa nộp' : 'cần nộp';
  const urge = late > 0 ? ' Đề nghị gửi ngay.' : ' Đề nghị gửi đúng hạn.';
  return [
    `Mạch: ${unit} ${lacks} ${report}, ${deadline}.${also}${urge}`,
    `Mạch: ${unit} ${lacks} ${report}, ${deadline}.${also}`,
    `Mạch: Đơn vị ${lacks} ${report}, ${deadline}.${also}${urge}`,
    `Mạch: Đơn vị ${lacks} ${report}, ${deadline}.${also}`,
  ];
}

function belowWordings(below: readonly BelowGroup[], unit: string, now: number): string[] {
  const [first] = below;
  if (first === undefined) return [];
  const which = `báo cáo ${midSentence(first.period.label)} theo ${first.plan.symbol}`;
  const lateness = first.earliestDeadline < now ? 'quá hạn từ' : 'hạn';
  const others = below.length === 1 ? '' : ` và ${String(below.length - 1)} yêu cầu khác`;
  const tail = `chưa nộp ${which}${others}, ${lateness} ${shortDeadline(first.earliestDeadline)}.`;
  const count = String(unitsBelow(below));
  return [
    `Mạch: ${count} đơn vị thuộc ${unit} ${tail} Đề nghị đôn đốc.`,
    `Mạch: ${count} đơn vị thuộc ${unit} ${tail}`,
    `Mạch: ${count} đơn vị cấp dưới ${tail}`,
  ];
}

function unitsBelow(below: readonly BelowGroup[]): number {
  return below.reduce((sum, group) => sum + group.count, 0);
}
