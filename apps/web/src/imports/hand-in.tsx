import type { ImportView } from '@mach/contracts';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useId, useState, type ReactNode } from 'react';
import { request, sayError } from '../api/request';
import { MessageBox } from '../design/message-box';
import { importsQuery } from './import-queries';
import type { ImportSubject } from './subject-choice';

const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
/** By the ending of the name: what browsers say of a file differs. */
const TYPES: Readonly<Record<string, string>> = {
  xlsx: XLSX,
  xlsm: XLSX,
  csv: 'text/csv',
  json: 'application/json',
  ndjson: 'application/x-ndjson',
};
const UPLOAD_MS = 120_000;

interface Table {
  readonly content: Blob;
  readonly type: string;
  readonly name: string;
}

/** Hands a table in: a file, or cells pasted from a spreadsheet. Its dry run is another page. */
export function HandIn({ subject }: { readonly subject: ImportSubject }): ReactNode {
  const id = useId();
  const client = useQueryClient();
  const navigate = useNavigate();
  const [file, setFile] = useState<File | null>(null);
  const [pasted, setPasted] = useState('');
  const upload = useMutation({
    mutationFn: ({ content, type, name }: Table) => {
      const { requirement, period, formVersion } = subject;
      const asked = new URLSearchParams({ requirement, period, fileName: name.slice(0, 200) });
      // A workbook says itself which version it was made for.
      if (type !== XLSX) asked.set('formVersion', String(formVersion));
      return request<ImportView>(`/imports?${asked.toString()}`, {
        method: 'POST',
        body: content,
        headers: { 'Content-Type': type },
        timeOutMs: UPLOAD_MS,
      });
    },
    onSuccess: async (view) => {
      await client.invalidateQueries({ queryKey: importsQuery.queryKey });
      await navigate({ to: '/nhap-tep/$importId', params: { importId: view.id } });
    },
  });
  const table = pasted.trim() === '' ? fileTable(file) : pastedTable(pasted);
  return (
    <form
      className="import-steps"
      onSubmit={(event) => {
        event.preventDefault();
        if (table !== null) upload.mutate(table);
      }}
    >
      <div className="field">
        <label htmlFor={`${id}-file`}>Gửi tệp đã điền</label>
        <input
          id={`${id}-file`}
          className="input"
          type="file"
          accept=".xlsx,.csv,.json,.ndjson"
          onChange={({ target }) => {
            setFile(target.files?.[0] ?? null);
          }}
        />
        {file !== null && fileTable(file) === null ? (
          <p className="field-fault">Chỉ nhận tệp .xlsx, .csv, .json hoặc .ndjson.</p>
        ) : null}
      </div>
      <details>
        <summary>Hoặc dán các dòng chép từ bảng tính</summary>
        <div className="field">
          <label htmlFor={`${id}-paste`}>Các dòng số liệu, kể cả dòng mã cột</label>
          <textarea
            id={`${id}-paste`}
            className="input import-paste"
            rows={6}
            value={pasted}
            onChange={({ target }) => {
              setPasted(target.value);
            }}
          />
        </div>
      </details>
      {upload.error ? (
        <MessageBox tone="bad" live>
          {sayError(upload.error)}
        </MessageBox>
      ) : null}
      <button type="submit" className="button button-main" disabled={table === null || upload.isPending}>
        {upload.isPending ? 'Đang gửi…' : 'Kiểm tra trước khi nộp'}
      </button>
    </form>
  );
}

/** Null when there is no file, or one of a kind that is not taken. */
function fileTable(file: File | null): Table | null {
  const type = TYPES[file?.name.split('.').at(-1)?.toLowerCase() ?? ''];
  return file === null || type === undefined ? null : { content: file, type, name: file.name };
}

function pastedTable(text: string): Table {
  return { content: new Blob([text]), type: 'text/csv', name: 'Các dòng đã dán' };
}
