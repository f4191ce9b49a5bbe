import type { FormDetailView } from '@mach/contracts';
import { showDay } from '@mach/domain';
import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useParams, useSearch } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { TakeEffect } from '../administration/take-effect';
import { useAdministrator } from '../administration/use-administrator';
import { formQuery } from '../api/queries';
import { FaultPage, WaitingPage } from '../app/edge-pages';
import { usePageTitle } from '../app/page-title';
import { OfficeFrame } from '../design/office-frame';
import { FormOutline } from './form-outline';
import { SuggestedRules } from './suggested-rules';
import { VersionDifferences } from './version-differences';
import './catalogue.css';

/** One version of a form as its outline, who is asked to report on it, and what it changed. */
export function FormPage(): ReactNode {
  const { code } = useParams({ from: '/signed-in/bieu-mau/$code' });
  const search = useSearch({ from: '/signed-in/bieu-mau/$code' });
  const { data: view, error } = useQuery(formQuery(code));
  const isAdministrator = useAdministrator();
  usePageTitle(view?.title ?? 'Biểu mẫu');
  if (!view) return error ? <FaultPage error={error} /> : <WaitingPage />;
  const find = (number: string | undefined) =>
    view.versions.find(({ version }) => String(version) === number);
  const shown = find(search['phien-ban']) ?? view.versions.at(-1);
  if (shown === undefined) return <WaitingPage />;
  const against = find(search['so-voi']);
  return (
    <OfficeFrame>
      <div>
        <p className="small">
          <Link to="/bieu-mau">Biểu mẫu</Link>
        </p>
        <h1>{view.title}</h1>
        <p className="soft">
          {view.code}, phiên bản {shown.version}, phát hành ngày {showDay(shown.publishedAt.slice(0, 10))}
        </p>
        {isAdministrator ? (
          <p className="page-acts">
            <Link
              className="button button-small"
              to="/bieu-mau/$code/phien-ban-moi"
              params={{ code }}
              preload={false}
            >
              Soạn phiên bản mới
            </Link>
          </p>
        ) : null}
        {view.versions.length < 2 ? null : <VersionChoice view={view} shown={shown.version} />}
      </div>
      <UsedBy view={view} version={shown.version} isAdministrator={isAdministrator} />
      {isAdministrator ? <SuggestedRules code={view.code} /> : null}
      {against === undefined || against.version === shown.version ? null : (
        <VersionDifferences earlier={against} later={shown} />
      )}
      <FormOutline definition={shown.definition} />
    </OfficeFrame>
  );
}

function VersionChoice({
  view,
  shown,
}: {
  readonly view: FormDetailView;
  readonly shown: number;
}): ReactNode {
  const navigate = useNavigate();
  const search = useSearch({ from: '/signed-in/bieu-mau/$code' });
  const go = (changed: Readonly<Record<string, string>>) => {
    const entries = Object.entries({ ...search, ...changed }).filter(([, value]) => value !== '');
    void navigate({
      to: '/bieu-mau/$code',
      params: { code: view.code },
      search: Object.fromEntries(entries),
    });
  };
  return (
    <div className="catalogue-filters">
      <label>
        Phiên bản{' '}
        <select
          className="input input-small"
          value={String(shown)}
          onChange={(event) => {
            go({ 'phien-ban': event.target.value });
          }}
        >
          {view.versions.map(({ version }) => (
            <option key={version}>{version}</option>
          ))}
        </select>
      </label>
      <label>
        So với phiên bản{' '}
        <select
          className="input input-small"
          value={search['so-voi'] ?? ''}
          onChange={(event) => {
            go({ 'so-voi': event.target.value });
          }}
        >
          <option value="">không so</option>
          {view.versions
            .filter(({ version }) => version !== shown)
            .map(({ version }) => (
              <option key={version}>{version}</option>
            ))}
        </select>
      </label>
    </div>
  );
}

function UsedBy({
  view,
  version,
  isAdministrator,
}: {
  readonly view: FormDetailView;
  readonly version: number;
  readonly isAdministrator: boolean;
}): ReactNode {
  const uses = view.requirements.flatMap(({ code, title, versions }) =>
    versions
      .filter((each) => each.version === version)
      .map(({ from }) => ({ key: `${code} ${from ?? ''}`, title, from })),
  );
  return (
    <section className="card" aria-labelledby="yeu-cau-dung">
      <h2 id="yeu-cau-dung">Yêu cầu báo cáo dùng phiên bản này</h2>
      {uses.length === 0 ? (
        <p className="soft">Chưa có yêu cầu báo cáo nào dùng phiên bản này.</p>
      ) : (
        <ul className="plain-list">
          {uses.map(({ key, title, from }) => (
            <li key={key}>
              {title}{' '}
              <span className="soft">
                ({from === null ? 'từ kỳ đầu tiên' : `từ kỳ bắt đầu ngày ${showDay(from)}`})
              </span>
            </li>
          ))}
        </ul>
      )}
      {isAdministrator ? <TakeEffect key={version} form={view.code} version={version} /> : null}
    </section>
  );
}
