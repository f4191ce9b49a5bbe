import { showDateTime } from '@mach/domain';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState, type SubmitEvent, type ReactNode } from 'react';
import { clockQuery } from '../api/queries';
import { request, sayError } from '../api/request';
import { Icon } from '../design/icon';
import { serverNow, useServerNow } from './server-clock';
import { fromLocalField, localFieldValue } from './local-field';

/**
 * Says that the clock is a demonstration's; an administrator may move it. Nothing is shown on a real clock.
 */
export function ClockStrip({ canSet }: { readonly canSet: boolean }): ReactNode {
  const { data: clock } = useQuery(clockQuery);
  const now = useServerNow(1_000);
  const [setting, setSetting] = useState(false);
  if (!clock?.settable) return null;
  return (
    <aside className="clock-strip" aria-label="Đồng hồ trình diễn">
      <div className="clock-strip-inner">
        <span className="badge" data-testid="demo-clock">
          <Icon name="clock" /> Đồng hồ trình diễn: <strong className="number">{showDateTime(now)}</strong>
        </span>
        {canSet && !setting ? (
          <button
            type="button"
            className="button button-small"
            onClick={() => {
              setSetting(true);
            }}
          >
            Đặt giờ
          </button>
        ) : null}
        {setting ? (
          <SetClockForm
            onDone={() => {
              setSetting(false);
            }}
          />
        ) : null}
      </div>
    </aside>
  );
}

function SetClockForm({ onDone }: { readonly onDone: () => void }): ReactNode {
  const client = useQueryClient();
  const [value, setValue] = useState(() => localFieldValue(serverNow()));
  const [fault, setFault] = useState<string | null>(null);
  const set = async () => {
    const now = fromLocalField(value);
    if (now === null) {
      setFault('Đồng chí chọn đủ ngày và giờ.');
      return;
    }
    try {
      await request('/clock', { method: 'PUT', body: { now } });
      await client.invalidateQueries({ refetchType: 'active' });
      onDone();
    } catch (error) {
      setFault(sayError(error));
    }
  };
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    void set();
  };
  return (
    <form className="clock-form" onSubmit={submit} noValidate>
      <label htmlFor="dat-gio">Giờ mới (giờ Hải Phòng)</label>
      <input
        id="dat-gio"
        className="input"
        type="datetime-local"
        value={value}
        aria-invalid={fault !== null}
        aria-describedby={fault === null ? undefined : 'dat-gio-loi'}
        onChange={(event) => {
          setValue(event.target.value);
        }}
      />
      <button type="submit" className="button button-small button-main">
        Đặt giờ
      </button>
      <button type="button" className="button button-small" onClick={onDone}>
        Hủy
      </button>
      {fault === null ? null : (
        <span className="field-fault" id="dat-gio-loi" role="alert">
          {fault}
        </span>
      )}
    </form>
  );
}
