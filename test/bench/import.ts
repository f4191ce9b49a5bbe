import { setTimeout as delay } from 'node:timers/promises';
import { buffer } from 'node:stream/consumers';
import { fromBuffer, type Entry, type ZipFile } from 'yauzl';
import { SaxesParser } from 'saxes';
import { Client } from 'pg';
import type { ImportView } from '@mach/contracts';
import { planSheet, type FormDefinition, type ReportPayload } from '@mach/domain';
import { formSheets } from '../../apps/gateway/src/workbooks/form-workbook';
import { writeWorkbook } from '../../apps/gateway/src/workbooks/write-workbook';
import { PERIOD, Person, REQUIREMENT } from '../support/system/person';
import type { System } from '../support/system/system';
import { hostileTables } from './hostile-tables';
import { strainOn, type Strain } from './process-limits';
import { reportOf } from './reports';

export interface ImportResult {
  readonly rows: number;
  readonly fileMiB: number;
  /** Unpacking and parsing the same workbook with the libraries alone, in ms. */
  readonly bareMs: number;
  /** What it asks of the aggregator, from sending the file. */
  readonly dryRun: Strain;
  /** From asking for it to the last report decided. */
  readonly apply: Strain;
  readonly accepted: number;
  /** The dry runs of tables that are as bad as may be. */
  readonly hostile: readonly (readonly [name: string, aggregator: Strain])[];
  /** What the gateway writes for the whole city. */
  readonly takenHome: readonly (readonly [name: string, gateway: Strain])[];
}

/** As often as the page looks. */
const LOOK_EVERY_MS = 1_000;
const ACCOUNT = 'bench-import';
const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

/** One workbook with a report of every unit of the city: read bare, then handed in and applied. */
export async function importCity(system: System, rows: number): Promise<ImportResult> {
  const { workbook, codes, formVersion } = await workbookOf(system, rows);
  const bareMs = await timed(() => readBare(workbook));
  const person = await Person.signIn(system.gatewayUrl, ACCOUNT);
  const fetched = async (method: string, path: string, body?: Buffer, type = XLSX): Promise<Response> => {
    const response = await fetch(`${system.gatewayUrl}/api/v1${path}`, {
      method,
      headers: {
        authorization: `Bearer ${person.token}`,
        ...(body === undefined ? {} : { 'content-type': type }),
      },
      ...(body === undefined ? {} : { body: new Uint8Array(body) }),
    });
    if (!response.ok) throw new Error(`${path}: ${String(response.status)} ${await response.text()}`);
    return response;
  };
  const call = async (method: string, path: string): Promise<ImportView> =>
    (await (await fetched(method, path)).json()) as ImportView;
  const until = async (id: string, holds: (view: ImportView) => boolean): Promise<ImportView> => {
    for (;;) {
      const view = await call('GET', `/imports/${id}`);
      if (holds(view)) return view;
      await delay(LOOK_EVERY_MS);
    }
  };
  /** Hands a table in and waits for its dry run. @returns its id */
  const read = async (table: Buffer, type: string): Promise<string> => {
    const asked = new URLSearchParams({ requirement: REQUIREMENT, period: PERIOD, fileName: 'bench' });
    if (type !== XLSX) asked.set('formVersion', String(formVersion));
    const response = await fetched('POST', `/imports?${asked.toString()}`, table, type);
    const { id } = (await response.json()) as ImportView;
    await until(id, ({ state }) => state !== 'reading');
    return id;
  };
  let id = '';
  const dryRun = await strainOn(system.aggregator, async () => {
    id = await read(workbook, XLSX);
  });
  let accepted = 0;
  const apply = await strainOn(system.aggregator, async () => {
    await call('POST', `/imports/${id}/apply`);
    const view = await until(
      id,
      ({ state, counts }) => state === 'applied' && counts.outcomes.received === 0,
    );
    accepted = view.counts.outcomes.accepted;
  });
  const sheet = `/requirements/${REQUIREMENT}/periods/${PERIOD}/workbook`;
  const takenHome: [string, Strain][] = [];
  for (const [name, path] of [
    ['the empty workbook of the city', sheet],
    ['the filled workbook of the city', `${sheet}?filled=1`],
    ['the result of the import', `/imports/${id}/result`],
  ] as const) {
    const drain = async (): Promise<void> => {
      await (await fetched('GET', path)).arrayBuffer();
    };
    takenHome.push([name, await strainOn(system.gateway, drain)]);
  }
  const hostile: [string, Strain][] = [];
  const about = { requirement: REQUIREMENT, period: PERIOD, formVersion: String(formVersion) };
  for (const { name, type, bytes } of await hostileTables(codes, about)) {
    const readIt = async (): Promise<void> => {
      await read(bytes, type);
    };
    hostile.push([name, await strainOn(system.aggregator, readIt)]);
  }
  return { rows, fileMiB: workbook.length / 1_048_576, bareMs, dryRun, apply, accepted, hostile, takenHome };
}

async function timed(work: () => Promise<void>): Promise<number> {
  const begin = performance.now();
  await work();
  return performance.now() - begin;
}

/** The workbook of the seeded form for so many units, and an account that may report for all of them. */
async function workbookOf(
  system: System,
  rows: number,
): Promise<{ readonly workbook: Buffer; readonly codes: readonly string[]; readonly formVersion: number }> {
  const client = new Client({ connectionString: system.databaseUrl });
  await client.connect();
  try {
    await client.query(
      `insert into account (username, password_hash, role, unit_id, display_name)
       select $1, a.password_hash, 'committee', u.id, 'Người thử' from account a, unit u where a.username = '11560' and u.level = 'city'`,
      [ACCOUNT],
    );
    const { rows: units } = await client.query<{ code: string; name: string }>(
      `select u.code, fact.name from obligation o join unit u on u.id = o.unit_id
       join unit_fact fact on fact.unit_id = u.id and fact.valid_to is null
       join requirement r on r.id = o.requirement_id where r.code = $1 order by u.code limit $2`,
      [REQUIREMENT, rows],
    );
    const { rows: forms } = await client.query<{ definition: FormDefinition; version: number }>(
      `select v.definition, v.version from requirement r join form_version v on v.id = r.form_version_id where r.code = $1`,
      [REQUIREMENT],
    );
    const form = forms[0];
    if (form === undefined || units.length < rows)
      throw new Error(`the seed has ${String(units.length)} units and ${String(forms.length)} forms`);
    const subject = {
      requirement: { code: REQUIREMENT, title: 'Báo cáo tháng' },
      period: { key: PERIOD, label: 'Tháng 11/2026' },
      formVersion: form.version,
    };
    const filled = units.map((unit, index) => ({ ...unit, payload: payloadOf(unit.code, index) }));
    const columns = planSheet(form.definition);
    return {
      workbook: await buffer(writeWorkbook(formSheets(subject, columns, filled), 0)),
      codes: columns.map(({ code }) => code),
      formVersion: form.version,
    };
  } finally {
    await client.end();
  }
}

function payloadOf(unit: string, index: number): ReportPayload {
  const { figures, narratives } = reportOf(unit, index);
  return { figures: figures as ReportPayload['figures'], narratives };
}

/** What nobody can do without: every part unpacked and parsed, nothing kept of it. */
async function readBare(workbook: Buffer): Promise<void> {
  const zip = await new Promise<ZipFile>((resolve, reject) => {
    fromBuffer(workbook, { lazyEntries: true }, (error, opened) => {
      if (error) reject(error);
      else resolve(opened);
    });
  });
  let cells = 0;
  await new Promise<void>((resolve, reject) => {
    zip.on('entry', (entry: Entry) => {
      zip.openReadStream(entry, (error, stream) => {
        if (error) {
          reject(error);
          return;
        }
        const parser = new SaxesParser();
        parser.on('opentag', () => {
          cells += 1;
        });
        stream.setEncoding('utf8');
        stream.on('data', (piece: string) => {
          parser.write(piece);
        });
        stream.on('end', () => {
          parser.close();
          zip.readEntry();
        });
      });
    });
    zip.on('end', resolve);
    zip.readEntry();
  });
  if (cells === 0) throw new Error('nothing was read');
}
