import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import AxeBuilder from '@axe-core/playwright';
import type { Browser, Page } from 'playwright-core';
import { DESKTOP, openBrowser, PHONE, signedIn } from '../support/browser/browser';
import { tooWide } from '../support/browser/too-wide';
import { System } from '../support/system/system';

const COMMITTEE = '11560';

describe('a table of reports, in Chromium', () => {
  let system: System;
  let browser: Browser;
  const folder = mkdtempSync(join(tmpdir(), 'mach-import-'));

  beforeAll(async () => {
    system = await System.start();
    browser = await openBrowser();
  }, 60_000);

  afterAll(async () => {
    await browser.close();
    await system.stop();
  });

  async function faultsOf(page: Page): Promise<string[]> {
    const { violations } = await new AxeBuilder({ page }).withTags(['wcag2a', 'wcag2aa']).analyze();
    return violations.map(
      (violation) => `${violation.id}: ${violation.nodes.map((node) => node.target.join(' ')).join(', ')}`,
    );
  }

  const FIGURES: Readonly<Record<string, string>> = {
    study_sessions: '2',
    'study_attendance.numerator': '27',
    'study_attendance.denominator': '30',
    broadcasts: '4',
    articles: '1',
    social_posts: '6',
    dialogues: '1',
    recommendations_received: '3',
    recommendations_resolved: '2',
    recommendations_pending: '1',
    'members_admitted.numerator': '1',
    'members_admitted.denominator': '2',
    enterprise_organisations_founded: '0',
    enterprise_members_admitted: '0',
    'inspections.numerator': '0',
    'inspections.denominator': '1',
    spending: '1250,5',
    'loi_van/results': 'Đã tổ chức quán triệt',
  };

  const codesOf = (csv: string): string[] => (csv.split('\r\n')[0] ?? '').replace('\ufeff', '').split(';');

  /** The table as it was downloaded with three of its units filled in: one wrong, two right. */
  function filledIn(csv: string, sessions: string): string {
    const [head = '', ...lines] = csv.split('\r\n').filter((line) => line !== '');
    const codes = codesOf(csv);
    const filled = lines.slice(0, 3).map((line, index) => {
      const given = { ...FIGURES, study_sessions: index === 0 ? 'một' : sessions };
      const cells = line.split(';');
      return codes
        .map((code, column) => Object.entries(given).find(([of]) => of === code)?.[1] ?? cells[column] ?? '')
        .join(';');
    });
    return [head, ...filled, ...lines.slice(3)].join('\r\n');
  }

  it.each([
    ['a desk', DESKTOP, '2', 'Nộp mới'],
    ['a phone', PHONE, '3', 'Nộp lại'],
  ] as const)(
    'is taken home, handed in, looked at and applied at %s',
    async (name, screen, sessions, verdict) => {
      const page = await signedIn(browser, system.gatewayUrl, COMMITTEE, screen);
      await page.goto(`${system.gatewayUrl}/nhap-tep`);
      await page.getByRole('heading', { name: 'Nhập báo cáo từ tệp' }).waitFor();
      expect(await faultsOf(page)).toEqual([]);
      expect(await tooWide(page)).toEqual([]);

      const [workbook] = await Promise.all([
        page.waitForEvent('download'),
        page.getByRole('link', { name: 'Tệp mẫu trống' }).click(),
      ]);
      expect(workbook.suggestedFilename()).toBe('bieu-14-CTR-TU-THANG-2026-11.xlsx');
      const [download] = await Promise.all([
        page.waitForEvent('download'),
        page.getByRole('link', { name: 'Dạng CSV' }).click(),
      ]);
      const file = join(folder, `${name}.csv`);
      const empty = readFileSync(await download.path(), 'utf8');
      writeFileSync(file, filledIn(empty, sessions));
      await page.getByLabel('Gửi tệp đã điền').setInputFiles(file);
      await page.getByRole('button', { name: 'Kiểm tra trước khi nộp' }).click();

      await page.getByText('Đã kiểm tra, chưa nộp').waitFor();
      await page
        .getByText(`dòng 2, cột ${String(codesOf(empty).indexOf('study_sessions') + 1)}`)
        .first()
        .waitFor();
      expect(await page.getByText('Đang ghi: «một».').count()).toBeGreaterThan(0);
      expect(await faultsOf(page)).toEqual([]);
      expect(await tooWide(page)).toEqual([]);
      await page.getByRole('button', { name: 'Nộp 2 báo cáo' }).click();
      await page.getByText('Đã nộp', { exact: true }).waitFor();
      await page.getByLabel('Xem').selectOption({ label: verdict });
      await page.getByText(/PTN-/).first().waitFor();
      if (verdict === 'Nộp lại')
        await page
          .getByText(/^Số buổi.*: 2 → 3$/)
          .first()
          .waitFor();
      expect(await faultsOf(page)).toEqual([]);
      expect(await tooWide(page)).toEqual([]);

      const [result] = await Promise.all([
        page.waitForEvent('download'),
        page.getByRole('link', { name: 'Tải kết quả (CSV)' }).click(),
      ]);
      expect(readFileSync(await result.path(), 'utf8')).toContain('Không nhận');
      await page.context().close();
    },
    60_000,
  );
});
