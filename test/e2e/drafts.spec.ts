import type { DraftAnswer, ObligationView } from '@mach/contracts';
import type { RawFigure } from '@mach/domain';
import type { Browser, Page } from 'playwright-core';
import { DESKTOP, openBrowser, PHONE, signedIn } from '../support/browser/browser';
import { tooWide } from '../support/browser/too-wide';
import { fillIn } from '../support/browser/fill-in';
import { eventually } from '../support/eventually';
import { Person } from '../support/system/person';
import { System } from '../support/system/system';

/** A report filled in on two machines and by two people, in Chromium: nothing typed is lost or overwritten unseen. */
describe('drafts, in Chromium', () => {
  let system: System;
  let browser: Browser;

  beforeAll(async () => {
    system = await System.start();
    browser = await openBrowser();
  }, 60_000);

  afterAll(async () => {
    await browser.close();
    await system.stop();
  });

  async function obligationOf(unit: string): Promise<ObligationView> {
    // By the ward above it.
    return (await Person.signIn(system.gatewayUrl, unit.slice(0, 5))).obligation(unit);
  }

  async function open(username: string, unit: string, viewport = DESKTOP): Promise<Page> {
    const page = await signedIn(browser, system.gatewayUrl, username, viewport);
    await page.goto(`${system.gatewayUrl}/bao-cao/${(await obligationOf(unit)).id}`);
    await page.getByTestId('figure-study_sessions').waitFor();
    return page;
  }

  const field = (page: Page, ref: string) => page.getByTestId(`figure-${ref}`);
  const holds = (page: Page, ref: string, text: string): Promise<true> =>
    eventually(async () => (await field(page, ref).inputValue()) === text || false);
  const savedOnServer = (page: Page): Promise<void> =>
    page
      .getByText(/lúc \d\d:\d\d trên máy chủ/)
      .last()
      .waitFor();

  it('are begun on a telephone and sent from a desk', async () => {
    const unit = '11218-002';
    const phone = await open(unit, unit, PHONE);
    await field(phone, 'articles').fill('7');
    await phone.getByTestId('narrative-results').fill('Gõ trên điện thoại.');
    await savedOnServer(phone);

    const desk = await signedIn(browser, system.gatewayUrl, unit, DESKTOP);
    const mark = desk.getByTestId('draft-mark').first();
    await mark.waitFor();
    expect(await mark.textContent()).toMatch(/^Có bản nháp chưa gửi \(.+, .+\)$/);
    await desk.getByRole('link', { name: /^nhập tiếp/i }).click();
    await desk.getByText(/Đang dùng bản nháp do .+ trên máy chủ/).waitFor();
    expect(await field(desk, 'articles').inputValue()).toBe('7');
    expect(await desk.getByTestId('narrative-results').inputValue()).toBe('Gõ trên điện thoại.');
    await fillIn(desk);
    await desk.getByRole('button', { name: 'Gửi báo cáo' }).click();
    await desk.getByText(/hợp lệ \(phiên bản 1\)/i).waitFor();

    await phone.getByRole('link', { name: 'Báo cáo của tôi' }).first().click();
    await phone.getByText('Hợp lệ, chờ duyệt').waitFor();
    expect(await phone.getByTestId('draft-mark').count()).toBe(0);
    await phone.context().close();
    await desk.context().close();
  }, 60_000);

  it('show two people each other, and what each saved, until one closes the page', async () => {
    const unit = '11218-003';
    const cell = await open(unit, unit, PHONE);
    const ward = await open('11218', unit);
    await cell.getByText(/Đảng ủy.* cũng đang mở báo cáo này, từ \d\d:\d\d/).waitFor();
    await field(ward, 'articles').fill('12');
    await holds(cell, 'articles', '12');
    await cell.getByText(/Đã lấy phần .*Đảng ủy.* vừa lưu/).waitFor();
    await field(cell, 'broadcasts').fill('3');
    await holds(ward, 'broadcasts', '3');
    await ward.close();
    await eventually(async () => (await cell.getByText('cũng đang mở báo cáo này').count()) === 0);
    await cell.context().close();
  }, 60_000);

  it('meet figure by figure when both changed: nothing is overwritten unseen', async () => {
    const unit = '11218-004';
    const cell = await open(unit, unit, PHONE);
    const ward = await open('11218', unit);
    await field(cell, 'broadcasts').fill('1');
    await holds(ward, 'broadcasts', '1');

    await cell.context().setOffline(true);
    await field(cell, 'articles').fill('5');
    await field(cell, 'spending').fill('2');
    await cell.getByText(/mới lưu trên máy này, chưa lên máy chủ/).waitFor();
    await field(ward, 'articles').fill('9');
    await savedOnServer(ward);
    await cell.context().setOffline(false);

    const merge = cell.getByTestId('draft-merge');
    await merge.waitFor();
    expect(await merge.getByRole('group').count()).toBe(1);
    const choices = cell.getByTestId('merge-articles').getByRole('radio');
    expect(await cell.getByTestId('merge-articles').textContent()).toMatch(/Đảng ủy.*: 9Đồng chí: 5/);
    expect(await cell.getByRole('button', { name: 'Còn 1 mục chưa chọn' }).isDisabled()).toBe(true);
    await choices.first().check();
    await cell.getByRole('button', { name: 'Dùng các mục đã chọn' }).click();
    await holds(cell, 'articles', '9');
    expect(await field(cell, 'spending').inputValue()).toBe('2');
    await holds(ward, 'spending', '2');
    await cell.context().close();
    await ward.context().close();
  }, 60_000);

  it('lose nothing to a lost network and a reload', async () => {
    const unit = '11218-005';
    const cell = await open(unit, unit, PHONE);
    await cell.context().setOffline(true);
    await field(cell, 'articles').fill('8');
    await cell.getByText(/mới lưu trên máy này, chưa lên máy chủ/).waitFor();
    await cell.context().setOffline(false);
    await cell.reload();
    await holds(cell, 'articles', '8');
    const ward = await Person.signIn(system.gatewayUrl, '11218');
    const { id } = await obligationOf(unit);
    await eventually(async () => {
      const { draft } = (await ward.get<DraftAnswer>(`/obligations/${id}/draft`)).body;
      return draft?.entry?.figures['articles'] === '8' || false;
    });
    await cell.getByRole('button', { name: 'Bỏ bản nháp, nhập lại từ đầu' }).click();
    await holds(cell, 'articles', '');
    await eventually(async () => {
      const { draft } = (await ward.get<DraftAnswer>(`/obligations/${id}/draft`)).body;
      return draft?.entry === null || false;
    });
    await cell.context().close();
  }, 60_000);

  /** A report of the unit that counts for the month before, which the seed does not open. */
  async function reportedInOctober(
    unit: string,
    figures: Readonly<Record<string, RawFigure>>,
  ): Promise<void> {
    await system.sql(
      `insert into period (scheme, key, label, starts_on, ends_on)
       values ('stateMonth', '2026-10', 'Tháng 10/2026', '2026-09-15', '2026-10-14') on conflict do nothing`,
    );
    await system.sql(
      `with before as (
         insert into obligation (requirement_id, period_id, unit_id, node_unit_id, opens_at, first_deadline, deadline, closes_at)
         select o.requirement_id, p.id, o.unit_id, o.node_unit_id, '2026-10-09', '2026-10-16', '2026-10-16', '2026-11-14'
         from obligation o join unit u on u.id = o.unit_id, period p
         where o.id = $3 and u.code = $1 and p.key = '2026-10' and p.scheme = 'stateMonth'
         returning id, requirement_id
       ), sent as (
         insert into submission (id, receipt_number, receipt_key, body_hash, obligation_id, form_version_id, account_id, payload, received_at, state, version)
         select gen_random_uuid(), 'PTN-2610-' || $1, $1, '', before.id, v.id, (select min(id) from account), $2::jsonb, '2026-10-12', 'accepted', 1
         from before, form_version v join form f on f.id = v.form_id where f.code = 'BM-14-CTR-THANG'
         returning id, obligation_id
       )
       select 1`,
      [
        unit,
        JSON.stringify({ figures, narratives: { results: 'Kỳ trước.' } }),
        Number((await obligationOf(unit)).id),
      ],
    );
    await system.sql(
      `update obligation o set accepted_submission_id = s.id, first_accepted_at = s.received_at, last_version = 1
       from submission s where s.obligation_id = o.id and s.receipt_number = 'PTN-2610-' || $1`,
      [unit],
    );
  }

  it('show last period beside each box, mark what is filled in, and send it only when it is confirmed', async () => {
    const unit = '11560-002';
    await reportedInOctober(unit, {
      study_sessions: 4,
      members_admitted: { numerator: 12, denominator: 20 },
      enterprise_members_admitted: 3,
    });
    const cell = await open(unit, unit, PHONE);
    expect(await cell.getByTestId('known-study_sessions').textContent()).toBe('Kỳ trước: 4');
    expect(await field(cell, 'study_sessions').inputValue()).toBe('');
    expect(await field(cell, 'members_admitted-numerator').inputValue()).toBe('12');
    expect(await cell.getByTestId('known-members_admitted').textContent()).toMatch(
      /Kỳ trước: 12\/20Lấy sẵn, chưa xác nhận/,
    );
    expect(await tooWide(cell)).toEqual([]);
    await cell.getByTestId('known-members_admitted').getByRole('button', { name: /^Đúng/ }).click();
    await cell.getByText('Có 1 ô lấy sẵn').waitFor();
    await fillIn(cell, [
      'members_admitted-numerator',
      'members_admitted-denominator',
      'enterprise_members_admitted',
    ]);
    await cell.getByRole('button', { name: 'Gửi báo cáo' }).click();
    await cell.getByText('Chưa gửi: Có 1 ô lấy sẵn').waitFor();
    expect(await cell.getByTestId('receipt-number').count()).toBe(0);
    await cell.getByRole('button', { name: 'Xác nhận 1 ô lấy sẵn' }).click();
    await cell.getByRole('button', { name: 'Gửi báo cáo' }).click();
    await cell.getByText(/hợp lệ \(phiên bản 1\)/i).waitFor();
    await cell.context().close();
  }, 60_000);

  it('make a nil report with one press, which is accepted and counted as such', async () => {
    const unit = '11560-003';
    await reportedInOctober(unit, {
      study_sessions: 4,
      members_admitted: { numerator: 12, denominator: 20 },
      enterprise_members_admitted: 3,
    });
    const cell = await open(unit, unit, PHONE);
    const ward = await Person.signIn(system.gatewayUrl, '11560');
    const { accepted } = (await ward.rollup('11560')).node.counts;
    await field(cell, 'articles').fill('5');
    await cell.getByRole('button', { name: 'Không phát sinh' }).click();
    expect(await field(cell, 'articles').inputValue()).toBe('0');
    expect(await field(cell, 'enterprise_members_admitted').inputValue()).toBe('3');
    await cell.getByRole('button', { name: 'Hoàn tác' }).click();
    expect(await field(cell, 'articles').inputValue()).toBe('5');
    await cell.getByRole('button', { name: 'Không phát sinh' }).click();
    await cell.getByRole('button', { name: /^Xác nhận \d ô lấy sẵn/ }).click();
    await cell.getByRole('button', { name: 'Gửi báo cáo' }).click();
    await cell.getByText(/hợp lệ \(phiên bản 1\)/i).waitFor();
    const { latest } = await ward.obligation(unit);
    expect(latest?.payload).toMatchObject({
      nil: true,
      figures: { articles: '0', enterprise_members_admitted: '3' },
    });
    await ward.exactRollup('11560', accepted + 1);
    await cell.context().close();
  }, 60_000);
});
