import { chromium, type Browser, type Page } from 'playwright-core';
import { PASSWORD } from '../system/person';

/** Debian's Chromium, quiet: on a closed network its background look-ups would only fail. */
export async function openBrowser(): Promise<Browser> {
  return chromium.launch({
    executablePath: process.env['MACH_CHROMIUM'] ?? '/usr/bin/chromium',
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });
}

export const DESKTOP = { width: 1440, height: 1000 };
export const PHONE = { width: 360, height: 740 };

/** A person's own window, signed in and on their first page. */
export async function signedIn(
  browser: Browser,
  url: string,
  username: string,
  viewport: { width: number; height: number },
): Promise<Page> {
  const context = await browser.newContext({
    viewport,
    locale: 'vi-VN',
    timezoneId: 'Asia/Ho_Chi_Minh',
    reducedMotion: 'reduce',
  });
  // Below the limit of any test: what is waited for in vain is then named.
  context.setDefaultTimeout(15_000);
  const page = await context.newPage();
  await page.goto(url);
  await page.getByLabel(/tài khoản|tên đăng nhập/i).fill(username);
  await page.getByLabel(/^mật khẩu/i).fill(PASSWORD);
  await page.getByRole('button', { name: /đăng nhập/i }).click();
  await page.waitForURL((address) => !address.pathname.includes('dang-nhap'));
  return page;
}
