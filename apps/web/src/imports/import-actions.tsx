import type { ImportView } from '@mach/contracts';
import { showCount } from '@mach/domain';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { request, sayError } from '../api/request';
import { MessageBox } from '../design/message-box';
import { importQuery } from './import-queries';

/** What can be done with an import as it stands: hand its reports in, or leave it. */
export function ImportActions({ view }: { readonly view: ImportView }): ReactNode {
  const client = useQueryClient();
  const { queryKey } = importQuery(view.id);
  const act = useMutation({
    mutationFn: (what: 'apply' | 'cancel') =>
      request<ImportView>(`/imports/${encodeURIComponent(view.id)}/${what}`, { method: 'POST' }),
    onSuccess: (next) => {
      client.setQueryData(queryKey, next);
    },
    onSettled: () => client.invalidateQueries({ queryKey }),
  });
  const toSend = view.counts.verdicts.new + view.counts.verdicts.correction;
  if (view.state !== 'reading' && view.state !== 'ready' && view.state !== 'applying') return null;
  return (
    <>
      {act.error ? (
        <MessageBox tone="bad" live>
          {sayError(act.error)}
        </MessageBox>
      ) : null}
      {view.state === 'ready' && toSend === 0 ? (
        <MessageBox tone="info">Tệp này không có báo cáo nào để nộp.</MessageBox>
      ) : null}
      <div className="import-actions">
        {view.state === 'ready' && toSend > 0 ? (
          <button
            type="button"
            className="button button-main"
            disabled={act.isPending}
            onClick={() => {
              act.mutate('apply');
            }}
          >
            Nộp {showCount(toSend)} báo cáo
          </button>
        ) : null}
        <button
          type="button"
          className="button"
          disabled={act.isPending}
          onClick={() => {
            act.mutate('cancel');
          }}
        >
          {view.state === 'applying' ? 'Dừng nộp' : 'Hủy lần nhập này'}
        </button>
      </div>
    </>
  );
}
