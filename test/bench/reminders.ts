import { createTransport } from 'nodemailer';
import { cpuTimeOf } from './cpu-time';
import { eventually } from '../support/eventually';
import { Person } from '../support/system/person';
import type { System } from '../support/system/system';

/** What a message costs the notifier when thousands are due at one moment, beside merely sending one, in µs of CPU. */
export interface RemindersResult {
  readonly messages: number;
  readonly notifierMicros: number;
  /** An e-mail by nodemailer alone, to the same server over as many connections. */
  readonly bareMicros: number;
}

const CELLS = 750;
/** The day after the deadline, when a cell's clerk and head get an e-mail and an SMS each. */
const MOMENT = '2026-11-18T08:00:00+07:00';
const CONNECTIONS = 5;

export async function remindersCost(system: System): Promise<RemindersResult> {
  await system.sql(
    `update obligation o set next_notice_at = case when chosen.id is null then null else $2::timestamptz end
       from obligation other
       left join (select o.id from obligation o join unit u on u.id = o.unit_id where u.level = 'cell' order by o.id limit $1) chosen
         on chosen.id = other.id
      where other.id = o.id`,
    [CELLS, MOMENT],
  );
  const administrator = await Person.signIn(system.gatewayUrl, 'quantri');
  const before = cpuTimeOf(system.notifier.pid);
  await administrator.put('/clock', { now: MOMENT });
  const messages = await eventually(() => allSent(system), 600_000);
  const notifierMicros = (cpuTimeOf(system.notifier.pid) - before) / messages;
  return { messages, notifierMicros, bareMicros: await bareMail(system.smtpPort, messages) };
}

/** How many went out, once nothing is due, planned or under way. */
async function allSent(system: System): Promise<number | false> {
  const [row] = await system.sql<{ left: number; sent: number }>(
    `select (select count(*) from obligation where next_notice_at <= $1)::int + (select count(*) from outbox)::int
          + (select count(*) from delivery where state in ('planned', 'sending'))::int as left,
            (select count(*) from delivery where state in ('sent', 'delivered'))::int as sent`,
    [MOMENT],
  );
  await new Promise((resolve) => setTimeout(resolve, 200));
  return row?.left === 0 && row.sent > 0 && row.sent;
}

async function bareMail(port: number, count: number): Promise<number> {
  const transport = createTransport({
    pool: true,
    host: '127.0.0.1',
    port,
    ignoreTLS: true,
    maxConnections: CONNECTIONS,
    maxMessages: 500,
  });
  const text = 'Đề nghị đồng chí nộp báo cáo theo Chương trình hành động. '.repeat(10);
  const before = process.cpuUsage();
  await Promise.all(
    Array.from({ length: count }, (_, index) =>
      transport.sendMail({
        from: 'mach@haiphong.demo.invalid',
        to: `c${String(index)}@haiphong.demo.invalid`,
        subject: 'Quá hạn báo cáo',
        text,
        html: `<p>${text}</p>`,
      }),
    ),
  );
  const { user, system } = process.cpuUsage(before);
  transport.close();
  return (user + system) / count;
}
