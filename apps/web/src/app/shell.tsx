import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, Outlet, useNavigate } from '@tanstack/react-router';
import { useState, type ReactNode } from 'react';
import { sessionQuery } from '../api/queries';
import { request } from '../api/request';
import { Icon } from '../design/icon';
import { ClockStrip } from '../time/clock-strip';
import { homeOf, navigationOf } from './home';
import './shell.css';

/** The frame around every page of a person who is signed in. */
export function Shell(): ReactNode {
  const { data: session } = useQuery(sessionQuery);
  if (!session) return null;
  return (
    <>
      <a className="skip-link" href="#noi-dung">
        Bỏ qua phần đầu trang
      </a>
      <header className="top">
        <div className="top-inner">
          <Link to={homeOf(session.role)} className="brand">
            <Icon name="pulse" />
            Mạch
          </Link>
          <nav className="top-nav" aria-label="Các trang">
            {navigationOf(session.role).map((item) => (
              <Link key={item.to} to={item.to} activeProps={{ 'aria-current': 'page' }}>
                {item.label}
              </Link>
            ))}
          </nav>
          <div className="top-person">
            <div className="person">
              <span>{session.displayName}</span>
              {session.unit.name === session.displayName ? null : (
                <span className="unit">{session.unit.name}</span>
              )}
            </div>
            <SignOutButton />
          </div>
        </div>
      </header>
      <ClockStrip canSet={session.role === 'administrator'} />
      <main className="page" id="noi-dung" tabIndex={-1}>
        <Outlet />
      </main>
    </>
  );
}

function SignOutButton(): ReactNode {
  const client = useQueryClient();
  const navigate = useNavigate();
  const [leaving, setLeaving] = useState(false);
  const signOut = async () => {
    setLeaving(true);
    try {
      await request('/session', { method: 'DELETE' });
      client.clear();
      await navigate({ to: '/dang-nhap' });
    } catch {
      setLeaving(false);
    }
  };
  return (
    <button
      type="button"
      className="button button-small"
      disabled={leaving}
      onClick={() => {
        void signOut();
      }}
    >
      Đăng xuất
    </button>
  );
}
