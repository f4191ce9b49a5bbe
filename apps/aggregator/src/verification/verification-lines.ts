import type { Difference, VerificationResult } from '@mach/persistence';

const WHAT: Readonly<Record<Difference['kind'], string>> = {
  node: 'the total of',
  view: 'the approved or signed total of',
  report: 'the standing of the report of',
  submission: 'what counts of the report of',
};

/** A verification as an operator reads it: each difference with what it is made of, the verdict last. */
export function verificationLines(result: VerificationResult): string[] {
  const { targets, nodes, reports, waiting, differences, found } = result;
  const looked = `${String(nodes - waiting)} nodes, ${String(reports)} reports, ${String(targets)} requirements × periods`;
  const left = waiting === 0 ? '' : `; ${String(waiting)} nodes wait to be added up and were not compared`;
  return [
    ...found.flatMap(differenceLines),
    ...(differences > found.length ? [`… and ${String(differences - found.length)} more`] : []),
    differences === 0
      ? `EQUAL by another path: ${looked}${left}.`
      : `NOT EQUAL: ${String(differences)} differences (${looked}${left}).`,
  ];
}

function differenceLines(difference: Difference): string[] {
  const { kind, requirement, period, unit, receiptNumber, figures, here, sources } = difference;
  const receipt = receiptNumber === null ? '' : ` (${receiptNumber})`;
  const origin = kind !== 'node' ? '' : here ? ', wrong in itself' : ', wrong because of what is below';
  return [
    `${requirement} ${period}: ${WHAT[kind]} ${unit.code} ${unit.name}${receipt}${origin}`,
    ...figures.map(({ name, stored, told }) => `    ${name} is ${said(stored)}, should be ${said(told)}`),
    ...sources.map(
      (source) =>
        `      ${source.unit}${source.receiptNumber === null ? '' : ` ${source.receiptNumber}`}: ${said(source.value)}`,
    ),
  ];
}

function said(value: string | null): string {
  return value ?? 'nothing';
}
