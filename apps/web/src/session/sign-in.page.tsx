import type { SessionView, SignInResponse } from '@mach/contracts';
import { useQueryClient } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useRef, useState, type SubmitEvent, type ReactNode } from 'react';
import { sessionQuery } from '../api/queries';
import { NoAnswerError, request, sayError } from '../api/request';
import { homeOf } from '../app/home';
import { usePageTitle } from '../app/page-title';
import { Icon } from '../design/icon';
import { MessageBox } from '../design/message-box';
import './sign-in.css';

export function SignInPage(): ReactNode {
  usePageTitle('Đăng nhập');
  return (
    <main className="sign-in" id="noi-dung">
      <div className="sign-in-card card">
        <p className="sign-in-brand">
          <Icon name="pulse" /> Mạch
        </p>
        <h1>Đăng nhập</h1>
        <p className="soft">Báo cáo từ chi bộ lên Thành ủy Hải Phòng.</p>
        <SignInForm />
      </div>
      <p className="small soft sign-in-foot">Không đưa nội dung thuộc bí mật nhà nước lên hệ thống này.</p>
    </main>
  );
}

function SignInForm(): ReactNode {
  const client = useQueryClient();
  const navigate = useNavigate();
  const { next } = useSearch({ from: '/dang-nhap' });
  const [fault, setFault] = useState<string | null>(null);
  const [working, setWorking] = useState(false);
  const passwordField = useRef<HTMLInputElement>(null);

  const signIn = async (username: string, password: string) => {
    setWorking(true);
    setFault(null);
    try {
      const answer = await request<SignInResponse>('/session', {
        method: 'POST',
        body: { username, password },
      });
      // The token is for programs; the browser keeps the cookie and nothing else.
      const session: SessionView = {
        username: answer.username,
        displayName: answer.displayName,
        role: answer.role,
        unit: answer.unit,
      };
      client.clear();
      client.setQueryData(sessionQuery.queryKey, session);
      await (next === undefined
        ? navigate({ to: homeOf(session.role), replace: true })
        : navigate({ href: next, replace: true }));
    } catch (error) {
      setFault(
        error instanceof NoAnswerError
          ? `${error.message} Đồng chí vui lòng thử lại sau ít phút.`
          : sayError(error),
      );
      passwordField.current?.focus();
    } finally {
      setWorking(false);
    }
  };

  const submit = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    const data = new FormData(event.currentTarget);
    const username = textOf(data.get('username')).trim();
    const password = textOf(data.get('password'));
    if (username === '' || password === '') setFault('Đồng chí nhập tên đăng nhập và mật khẩu.');
    else void signIn(username, password);
  };

  return (
    <form className="sign-in-form" onSubmit={submit} noValidate>
      {fault === null ? null : (
        <MessageBox tone="bad" live>
          {fault}
        </MessageBox>
      )}
      <div className="field">
        <label htmlFor="username">Tên đăng nhập</label>
        <input
          id="username"
          name="username"
          className="input"
          autoComplete="username"
          autoCapitalize="none"
          spellCheck={false}
          required
        />
      </div>
      <div className="field">
        <label htmlFor="password">Mật khẩu</label>
        <input
          id="password"
          name="password"
          ref={passwordField}
          className="input"
          type="password"
          autoComplete="current-password"
          required
        />
      </div>
      <button type="submit" className="button button-main" disabled={working}>
        {working ? 'Đang đăng nhập…' : 'Đăng nhập'}
      </button>
    </form>
  );
}

function textOf(value: FormDataEntryValue | null): string {
  return typeof value === 'string' ? value : '';
}
