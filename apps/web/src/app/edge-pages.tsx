import { Link, type ErrorComponentProps } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { sayError } from '../api/request';
import { MessageBox } from '../design/message-box';
import { usePageTitle } from './page-title';

export function WaitingPage(): ReactNode {
  return (
    <p className="waiting" role="status">
      Đang tải…
    </p>
  );
}

export function NotFoundPage(): ReactNode {
  usePageTitle('Không tìm thấy trang');
  return (
    <main className="page page-narrow">
      <h1>Không tìm thấy trang</h1>
      <p>Địa chỉ này không có, hoặc không thuộc phạm vi đơn vị của đồng chí.</p>
      <p>
        <Link to="/">Về trang đầu</Link>
      </p>
    </main>
  );
}

/** The same where no frame stands around it: the session could not be read. */
export function FaultMain({ error }: Pick<ErrorComponentProps, 'error'>): ReactNode {
  return (
    <main>
      <FaultPage error={error} />
    </main>
  );
}

/** What a page shows instead of itself when it cannot be read. */
export function FaultPage({ error }: Pick<ErrorComponentProps, 'error'>): ReactNode {
  usePageTitle('Có lỗi');
  return (
    <section className="page page-narrow">
      <h1>Không mở được trang này</h1>
      <MessageBox tone="bad">{sayError(error)}</MessageBox>
      <p>
        <button
          type="button"
          className="button"
          onClick={() => {
            location.reload();
          }}
        >
          Thử lại
        </button>
      </p>
    </section>
  );
}
