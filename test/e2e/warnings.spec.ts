import AxeBuilder from '@axe-core/playwright';
import type { Browser, Page } from 'playwright-core';
import { DESKTOP, openBrowser, PHONE, signedIn } from '../support/browser/browser';
import { tooWide } from '../support/browser/too-wide';
import { eventually } from '../support/eventually';
import { Person } from '../support/system/person';
import { System } from '../support/system/system';

const WARD = '10525';
const CELL = '10525-001';
const REQUIREMENT = 'KIEN-NGHI-THANG';
const BALANCE = 'Đã giải quyết cộng đang giải quyết thường bằng số đã tiếp nhận.';

const FORM = {
  indicators: ['recommendations_received', 'recommendations_resolved', 'recommendations_pending'].map(
    (code) => ({
      code,
      section: 'I. Kiến nghị',
      required: true,
    }),
  ),
  narratives: [],
  rules: [
    {
      code: 'balance',
      expression: 'recommendations_resolved + recommendations_pending == recommendations_received',
      severity: 'explain',
      message: BALANCE,
    },
    {
      code: 'many',
      expression: 'recommendations_received <= 50',
      severity: 'hint',
      message: 'Số kiến nghị lớn hơn thường lệ.',
    },
  ],
};

/** What a rule asks a reason for or only points out, on the page of entry; and what the sums then say against each other. */
describe('warnings beside the figures, in Chromium', () => {
  let system: System;
  let browser: Browser;

  beforeAll(async () => {
    system = await System.start();
    browser = await openBrowser();
    const administrator = await Person.signIn(system.gatewayUrl, 'quantri');
    const sent = async (path: string, body: object): Promise<void> => {
      const answer = await administrator.post(path, JSON.stringify(body));
      if (answer.status >= 300) throw new Error(`${path}: ${JSON.stringify(answer.body)}`);
    };
    await sent('/forms', { code: 'BM-KIEN-NGHI', title: 'Kiến nghị', definition: FORM });
    const plans = await administrator.get<{ items: readonly { id: string }[] }>('/plans');
    await sent('/requirements', {
      code: REQUIREMENT,
      planId: plans.body.items[0]?.id,
      form: { code: 'BM-KIEN-NGHI', version: 1 },
      reminderPolicy: 'DON-DOC-THANG',
      title: 'Báo cáo tháng về kiến nghị',
      periodScheme: 'stateMonth',
      deadlineRule: { cell: { kind: 'workingDaysAfterCutoff', days: 2, at: '17:00' } },
      windowRule: { opensDaysBeforeCutoff: 5, closesDaysAfterDeadline: 30 },
      scopeUnit: WARD,
      activeFrom: '2026-02-10',
    });
    await sent(`/requirements/${REQUIREMENT}/periods/2026-11/open`, {});
  }, 120_000);

  afterAll(async () => {
    await browser.close();
    await system.stop();
  });

  /** Sound for every reader, and no wider than its window, with letters twice as large too. */
  async function expectSound(page: Page, name: string): Promise<void> {
    const { violations } = await new AxeBuilder({ page }).withTags(['wcag2a', 'wcag2aa']).analyze();
    expect(violations.map(({ id, nodes }) => [id, nodes.map(({ target }) => target.join(' '))])).toEqual([]);
    expect(await tooWide(page)).toEqual([]);
    await page.screenshot({ path: `.mach/looked/${name}.png`, fullPage: true });
    await page.evaluate(`document.documentElement.style.fontSize = '200%'`);
    expect(await tooWide(page)).toEqual([]);
    await page.screenshot({ path: `.mach/looked/${name}-200.png`, fullPage: true });
    await page.evaluate(`document.documentElement.style.fontSize = ''`);
  }

  it.each([
    ['phone', PHONE, CELL],
    ['desk', DESKTOP, '10525-002'],
  ] as const)(
    'ask for a reason at a %s, and let the report go with it',
    async (name, screen, cell) => {
      const page = await signedIn(browser, system.gatewayUrl, cell, screen);
      await page.getByRole('listitem').filter({ hasText: 'về kiến nghị' }).getByRole('link').first().click();
      const fill = (code: string, value: string): Promise<void> =>
        page.getByTestId(`figure-recommendations_${code}`).fill(value);
      await fill('received', '70');
      await fill('resolved', '45');
      await fill('pending', '18');
      await page.getByTestId('warning-balance').getByText('45 + 18 = 63, khác 70').waitFor();
      await page.getByTestId('hint-many').waitFor();

      // Without a reason it is not sent, which is told beside the figure; the hint alone would not hold it back.
      await page.getByRole('button', { name: /gửi báo cáo/i }).click();
      const reason = page.getByLabel('Giải trình, nếu số liệu đúng');
      await page
        .getByText(/hoặc giải trình lý do nếu số liệu đúng/)
        .first()
        .waitFor();
      await expectSound(page, `giai-trinh-${name}`);

      await page.getByTestId('warning-balance').getByRole('link', { name: 'Xem số liệu' }).click();
      expect(await page.evaluate(`document.activeElement.id`)).toContain('recommendations_');
      await reason.fill('Bảy kiến nghị đã chuyển cấp trên giải quyết.');
      await page.getByRole('button', { name: /gửi báo cáo/i }).click();
      await page.getByText(/hợp lệ \(phiên bản 1\)/i).waitFor();
      await page.context().close();
    },
    120_000,
  );

  it('go when the figures agree', async () => {
    const page = await signedIn(browser, system.gatewayUrl, '10525-003', PHONE);
    await page.getByRole('listitem').filter({ hasText: 'về kiến nghị' }).getByRole('link').first().click();
    await page.getByTestId('figure-recommendations_received').fill('9');
    await page.getByTestId('figure-recommendations_resolved').fill('4');
    await page.getByTestId('figure-recommendations_pending').fill('4');
    await page.getByTestId('warning-balance').waitFor();
    await page.getByTestId('figure-recommendations_pending').fill('5');
    await page.getByTestId('warnings').waitFor({ state: 'detached' });
    await page.context().close();
  }, 60_000);

  it.each([
    ['phone', PHONE],
    ['desk', DESKTOP],
  ] as const)(
    'stand on top of the ward’s sums at a %s',
    async (name, screen) => {
      const page = await signedIn(browser, system.gatewayUrl, WARD, screen);
      await eventually(async () => {
        await page.goto(`${system.gatewayUrl}/theo-doi/${REQUIREMENT}/2026-11/${WARD}`);
        await page.getByTestId('value-recommendations_received').first().waitFor();
        const shown = await page.getByTestId('value-recommendations_received').first().textContent();
        return shown?.includes('140') === true;
      }, 30_000);
      await page.getByTestId('contradictions').getByText('90 + 36 = 126, khác 140').waitFor();
      await expectSound(page, `mau-thuan-${name}`);
      await page.context().close();
    },
    120_000,
  );
});
