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
  expect([...(differences.changed[0]?.fields ?? [])].sort()).toEqual(['hint', 'label', 'required']);
});
