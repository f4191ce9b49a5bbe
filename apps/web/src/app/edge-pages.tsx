import { Link, useRouter, type ErrorComponentProps } from '@tanstack/react-router';
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
    <section className="page page-narrow">
      <h1>Không tìm thấy trang</h1>
      <p>Địa chỉ này không có, hoặc đơn vị của đồng chí không được xem.</p>
      <p>
        <Link to="/">Về trang đầu</Link>
      </p>
    </section>
  );
}

export function FaultPage({ error, reset }: ErrorComponentProps): ReactNode {
  const router = useRouter();
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
            reset();
            void router.invalidate();
          }}
        >
          Thử lại
        </button>
      </p>
    </section>
  );
}
