import type { RequirementAdministrationView } from '@mach/contracts';
import { formInForce, nextPeriod, periodEndingFrom, periodOf, type Period } from '@mach/domain';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { requirementsQuery } from '../api/queries';
import { EditField, EditSummary } from './edit-field';
import { useEdit } from './use-edit';

/** From how many periods ahead one may be chosen. */
const AHEAD = 12;

/** Says from which period on the requirements that use a form go on to one of its versions. */
export function TakeEffect({
  form,
  version,
}: {
  readonly form: string;
  readonly version: number;
}): ReactNode {
  const { data } = useQuery(requirementsQuery);
  const requirements = (data?.items ?? []).filter((requirement) => requirement.form.code === form);
  return requirements.map((requirement) => (
    <TakeEffectOf key={requirement.code} requirement={requirement} form={form} version={version} />
  ));
}

function TakeEffectOf({
  requirement,
  form,
  version,
}: {
  readonly requirement: RequirementAdministrationView;
  readonly form: string;
  readonly version: number;
}): ReactNode {
  const client = useQueryClient();
  const edit = useEdit();
  const periods = unopened(requirement);
  const [chosen, setChosen] = useState(periods[0]?.key ?? '');
  const [isDone, setDone] = useState(false);
  const period = periods.find(({ key }) => key === chosen);
  const standing = period === undefined ? null : versionIn(requirement, period);
  const save = async (): Promise<void> => {
    setDone(false);
    const body = { version, from: chosen, basedOn: standing };
    const saved = await edit.send(
      'POST',
      `/requirements/${encodeURIComponent(requirement.code)}/forms`,
      body,
    );
    // Read again even when it was refused: somebody else may have chosen meanwhile.
    await client.invalidateQueries({ queryKey: requirementsQuery.queryKey });
    await client.invalidateQueries({ queryKey: ['form', form] });
    setDone(saved !== null);
  };
  // Nothing to choose: it is what every coming period asks for.
  if (periods.every((each) => versionIn(requirement, each) === version) && !isDone) return null;
  return (
    <form
      className="edit take-effect"
      aria-label={`Áp dụng phiên bản ${String(version)} cho ${requirement.title}`}
      onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}
    >
      <EditSummary faults={edit.faults} />
      <div className="edit-row">
        <EditField
          pointer="/from"
          label={`${requirement.title}: dùng phiên bản ${String(version)} từ kỳ`}
          hint="Chỉ chọn được kỳ chưa mở; kỳ đã mở giữ phiên bản đã dùng."
          faults={edit.faults}
        >
          {(attributes) => (
            <select
              {...attributes}
              className="input"
              value={chosen}
              onChange={({ target }) => {
                setChosen(target.value);
                setDone(false);
              }}
            >
              {periods.map((each) => (
                <option key={each.key} value={each.key}>
                  {each.label} (đang định dùng phiên bản {versionIn(requirement, each) ?? '—'})
                </option>
              ))}
            </select>
          )}
        </EditField>
      </div>
      <div className="edit-buttons">
        <button
          type="submit"
          className="button button-main"
          disabled={edit.working || period === undefined || standing === version}
        >
          Áp dụng từ kỳ này
        </button>
      </div>
      <p className="soft small" aria-live="polite">
        {isDone ? 'Đã ghi nhận.' : ''}
      </p>
    </form>
  );
}

/** The periods after the last opened one, the next first. */
function unopened({
  periodScheme,
  openedPeriods,
  activeFrom,
}: RequirementAdministrationView): readonly Period[] {
  const last = openedPeriods.at(-1);
  const opened = last === undefined ? null : periodOf(periodScheme, last);
  const found = [opened === null ? periodEndingFrom(periodScheme, activeFrom) : nextPeriod(opened)];
  for (let at = found[0]; at !== undefined && found.length < AHEAD;) {
    at = nextPeriod(at);
    found.push(at);
  }
  return found;
}

function versionIn({ form, laterForms }: RequirementAdministrationView, { startsOn }: Period): number | null {
  const first = { version: form.version, effectiveFrom: '0001-01-01' };
  return formInForce([first, ...laterForms], startsOn)?.version ?? null;
}
