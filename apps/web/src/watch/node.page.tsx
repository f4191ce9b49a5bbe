import type { RollupView } from '@mach/contracts';
import { useQuery } from '@tanstack/react-query';
import { useParams, useSearch } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { rollupQuery, sessionQuery } from '../api/queries';
import { sayError } from '../api/request';
import { FaultPage, WaitingPage } from '../app/edge-pages';
import { usePageTitle } from '../app/page-title';
import { MessageBox } from '../design/message-box';
import { OfficeFrame } from '../design/office-frame';
import { HintedReports } from '../hints/hinted-reports';
import { LineageDrawer } from '../lineage/lineage-drawer';
import { viewOf } from '../signing/view-words';
import { ViewSwitch } from '../signing/view-switch';
import { ChildTable } from './child-table';
import { CompiledTexts } from './compiled-texts';
import { ComparisonPanel } from './comparison-panel';
import { Contradictions } from './contradictions';
import { CountsStrip } from './counts-strip';
import { NodeHead } from './node-head';
import { ReportTable } from './report-table';
import { CommitteeTiles, TileMap } from './tile-map';
import { useLiveFigures } from './use-live-figures';
import './watch.css';

/**
 * One node of the roll-up, from the city to the last unit that has units below: its counts, its figures, what
 * is below it.
 */
export function NodePage(): ReactNode {
  const address = useParams({ from: '/signed-in/theo-doi/$requirement/$period/$unit' });
  const search = useSearch({ from: '/signed-in/theo-doi/$requirement/$period/$unit' });
  const { data: session } = useQuery(sessionQuery);
  const live = useLiveFigures(address.requirement, address.period);
  const { data: view, error } = useQuery(rollupQuery(address, viewOf(search.xem)));
  usePageTitle(view ? `${view.node.unit.name}, ${view.period.label}` : 'Theo dõi');
  if (!view) return error ? <FaultPage error={error} /> : <WaitingPage />;
  return (
    <OfficeFrame>
      <NodeHead view={view} live={live} ownUnit={session?.unit.code ?? ''} />
      {error ? <MessageBox tone="warn">{sayError(error)} Số liệu dưới đây có thể đã cũ.</MessageBox> : null}
      <Contradictions view={view} />
      <CountsStrip row={view.node} />
      <ViewSwitch view={view} />
      <NodeBody view={view} />
      <LineageDrawer address={address} />
    </OfficeFrame>
  );
}

function NodeBody({ view }: { readonly view: RollupView }): ReactNode {
  const address = { requirement: view.requirement.code, period: view.period.key };
  const onMap = view.children.filter(({ unit }) => unit.tile !== null);
  const beside = view.children.filter(({ unit }) => unit.tile === null);
  return (
    <>
      {onMap.length === 0 ? null : (
        <TileMap rows={onMap} address={address} beside={<CommitteeTiles rows={beside} address={address} />} />
      )}
      <div className="node-main">
        <HintedReports
          key={`hinted ${view.node.unit.code}`}
          address={{ ...address, unit: view.node.unit.code }}
        />
        <ComparisonPanel key={`figures ${view.node.unit.code}`} view={view} />
        {view.children.length === 0 ? null : (
          <ChildTable key={`below ${view.node.unit.code}`} rows={view.children} address={address} />
        )}
        {view.reports.length === 0 ? null : (
          <ReportTable key={`reports ${view.node.unit.code}`} view={view} />
        )}
        <CompiledTexts key={`texts ${view.node.unit.code}`} view={view} />
      </div>
    </>
  );
}
