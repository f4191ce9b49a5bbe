import fc from 'fast-check';
import type { FormDefinition, ReportPayload } from '../forms/form';
import { STUDY_FORM } from '../forms/study-form.sample';
import { reportChanges } from './report-changes';
import { planSheet } from './sheet-plan';

const FORM: FormDefinition = { ...STUDY_FORM, allowNil: true };
const COLUMNS = planSheet(FORM);
const NARRATIVE = STUDY_FORM.narratives[0].code;
const EMPTY: ReportPayload = { figures: {}, narratives: {} };

function changed(before: Partial<ReportPayload>, after: Partial<ReportPayload>): string[] {
  return reportChanges(COLUMNS, { ...EMPTY, ...before }, { ...EMPTY, ...after }).map(
    ({ pointer, from, to }) => `${pointer}: ${from} → ${to}`,
  );
}

describe('what a correction changes', () => {
  it.each<[string, Partial<ReportPayload>, Partial<ReportPayload>, string[]]>([
    ['a figure', { figures: { sessions: 2 } }, { figures: { sessions: '3' } }, ['/figures/sessions: 2 → 3']],
    [
      'one side of a ratio',
      { figures: { attendance: { numerator: 1250, denominator: 2000 } } },
      { figures: { attendance: { numerator: 1251, denominator: '2000' } } },
      ['/figures/attendance/numerator: 1.250 → 1.251'],
    ],
    ['a figure that was not there', {}, { figures: { sessions: 0 } }, ['/figures/sessions:  → 0']],
    ['a figure that is gone', { figures: { sessions: 5 } }, {}, ['/figures/sessions: 5 → ']],
    ['that nothing happened', {}, { nil: true }, ['/nil:  → x']],
    [
      'a narrative',
      { narratives: { [NARRATIVE]: 'Tốt ' } },
      { narratives: { [NARRATIVE]: 'Khá' } },
      [`/narratives/${NARRATIVE}: Tốt → Khá`],
    ],
    [
      'nothing, however the same is written',
      { figures: { sessions: 2 }, narratives: { [NARRATIVE]: ' Tốt' } },
      { figures: { sessions: '2' }, narratives: { [NARRATIVE]: 'Tốt\n' } },
      [],
    ],
  ])('is told for %s', (_, before, after, expected) => {
    expect(changed(before, after)).toEqual(expected);
  });

  it('names the figure with its unit, as the table does', () => {
    const [change] = reportChanges(COLUMNS, EMPTY, { ...EMPTY, figures: { sessions: 3 } });
    expect(change?.label).toMatch(/^\S.* \(buổi\)$/);
  });

  it('shows of long texts where they part, and cuts no letter in two', () => {
    const shared = '😀'.repeat(500);
    const [change] = reportChanges(
      COLUMNS,
      { ...EMPTY, narratives: { [NARRATIVE]: `${shared}cũ${shared}` } },
      { ...EMPTY, narratives: { [NARRATIVE]: `${shared}mới` } },
    );
    expect(change?.from).toBe(`…${'😀'.repeat(40)}cũ${'😀'.repeat(118)}…`);
    expect(change?.to).toBe(`…${'😀'.repeat(40)}mới`);
  });

  it('is shown as two different texts, whatever they are', () => {
    const text = fc
      .array(fc.constantFrom('a', 'Đ', '😀'), { maxLength: 400 })
      .map((letters) => letters.join(''));
    fc.assert(
      fc.property(text, text, text, (shared, from, to) => {
        const changes = reportChanges(
          COLUMNS,
          { ...EMPTY, narratives: { [NARRATIVE]: shared + from } },
          { ...EMPTY, narratives: { [NARRATIVE]: shared + to } },
        );
        expect(changes).toHaveLength(from === to ? 0 : 1);
        for (const change of changes) {
          expect(change.from).not.toBe(change.to);
          expect(Array.from(change.from + change.to).length).toBeLessThanOrEqual(2 * 162);
          expect(`${change.from}${change.to}`.isWellFormed()).toBe(true);
        }
      }),
    );
  });
});
