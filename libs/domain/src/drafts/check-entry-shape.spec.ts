import fc from 'fast-check';
import { checkEntryShape } from './check-entry-shape';
import { EMPTY_ENTRY } from './report-entry';

function codesOf(body: unknown): string[] {
  const checked = checkEntryShape(body);
  return checked.ok ? [] : checked.reasons.map(({ pointer, code }) => `${pointer} ${code}`);
}

describe('checkEntryShape', () => {
  it('takes what a person may type, right or wrong, as it was typed', () => {
    const entry = {
      figures: { sessions: ' 1.25O ', 'attendance.numerator': '' },
      narratives: { results: 'Dòng một\nDòng hai' },
      explanations: { parts_add_up: 'Số liệu tính đến ngày 14.' },
      attachments: ['2f0c3d7e-0000-4000-8000-000000000000'],
      nil: true,
      prefilled: ['sessions'],
    };
    expect(checkEntryShape(entry)).toEqual({ ok: true, entry });
    expect(checkEntryShape({})).toEqual({ ok: true, entry: EMPTY_ENTRY });
  });

  it.each<[unknown, string[]]>([
    [null, [' draft.wrongType']],
    [[], [' draft.wrongType']],
    [{ figures: [] }, ['/figures draft.wrongType']],
    [{ figures: { sessions: 4 } }, ['/figures/sessions draft.wrongType']],
    [{ figures: { sessions: null } }, ['/figures/sessions draft.wrongType']],
    [{ figures: { 'a.b.c.d': '1' } }, ['/figures/a.b.c.d draft.badCode']],
    [{ figures: { constructor: '1' } }, ['/figures/constructor draft.badCode']],
    [{ narratives: { results: 'x'.repeat(20_001) } }, ['/narratives/results draft.tooLong']],
    [{ narratives: { results: 'x\u0000' } }, ['/narratives/results draft.unreadableText']],
    [
      {
        figures: { place: 'Tối mật' },
        narratives: { results: 'Kết quả\nM Ậ T' },
        explanations: { half: '(Mật)' },
      },
      [
        '/figures/place draft.classified',
        '/narratives/results draft.classified',
        '/explanations/half draft.classified',
      ],
    ],
    [{ narratives: { results: 'Quản lý tài liệu mật đúng quy định.' } }, []],
    [{ explanations: { rule: {} } }, ['/explanations/rule draft.wrongType']],
    [{ attachments: ['../etc'] }, ['/attachments draft.wrongType']],
    [{ attachments: Array.from({ length: 51 }, (_, at) => String(at)) }, ['/attachments draft.wrongType']],
    [{ nil: 'true', prefilled: [1] }, ['/nil draft.wrongType', '/prefilled draft.wrongType']],
    [
      { figures: Object.fromEntries(Array.from({ length: 2_001 }, (_, at) => [`f${String(at)}`, '1'])) },
      ['/figures draft.tooMany'],
    ],
  ])('refuses %j', (body, codes) => {
    expect(codesOf(body)).toEqual(codes);
  });

  it('never throws, and hands back nothing but an entry', () => {
    fc.assert(
      fc.property(fc.anything(), (body) => {
        const checked = checkEntryShape(body);
        if (checked.ok) expect(Object.keys(checked.entry).sort()).toEqual(Object.keys(EMPTY_ENTRY).sort());
      }),
    );
  });
});
