import type { FormDefinition } from '../forms/form';
import { STUDY_FORM } from '../forms/study-form.sample';
import { formDifferences } from './form-differences';

const [first, second, ...rest] = STUDY_FORM.indicators;

it('finds none between a version and itself, also after a way through JSON', () => {
  const same = JSON.parse(JSON.stringify(STUDY_FORM)) as FormDefinition;
  expect(formDifferences(STUDY_FORM, same)).toEqual({
    added: [],
    removed: [],
    changed: [],
    reordered: false,
    options: [],
  });
});

it('tells what is new, gone, said otherwise and moved', () => {
  const added = { ...first, code: 'added', label: 'Thêm' };
  const later: FormDefinition = {
    ...STUDY_FORM,
    indicators: [
      added,
      second,
      { ...first, label: 'Số buổi', hint: 'Gợi ý', required: false },
      ...rest.slice(1),
    ],
    narratives: STUDY_FORM.narratives.slice(1),
  };
  const differences = formDifferences(STUDY_FORM, later);
  expect(differences).toMatchObject({
    added: [{ code: 'added' }],
    removed: [{ code: rest[0].code }, { code: STUDY_FORM.narratives[0].code }],
    changed: [{ code: first.code, label: 'Số buổi' }],
    reordered: true,
  });
  const fields = differences.changed[0]?.fields ?? [];
  expect(fields.map(({ field }) => field).sort()).toEqual(['hint', 'label', 'required']);
  expect(fields).toContainEqual({ field: 'label', before: first.label, after: 'Số buổi' });
});

it('tells of rules, attachments and what the form as a whole allows', () => {
  const rule = { code: 'r', expression: 'true', severity: 'hint', message: 'Xem lại' } as const;
  const slot = { code: 'f', label: 'Văn bản', required: false, kinds: ['pdf'], maxFiles: 1 } as const;
  const earlier: FormDefinition = { ...STUDY_FORM, rules: [rule], attachments: [slot] };
  const later: FormDefinition = {
    ...STUDY_FORM,
    rules: [{ ...rule, severity: 'block' }],
    attachments: [],
    allowNil: true,
  };
  expect(formDifferences(earlier, later)).toEqual({
    added: [],
    removed: [{ sort: 'attachment', code: 'f', label: 'Văn bản' }],
    changed: [
      {
        sort: 'rule',
        code: 'r',
        label: 'Xem lại',
        fields: [{ field: 'severity', before: 'hint', after: 'block' }],
      },
    ],
    reordered: false,
    options: [{ field: 'allowNil', before: undefined, after: true }],
  });
});
