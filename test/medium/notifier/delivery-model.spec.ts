import * as fc from 'fast-check';
import type { DataSource } from 'typeorm';
import type { DeliveryState } from '@mach/domain';
import { ContactCipher, ContactStore, DeliveryStore } from '@mach/persistence';
import type { ClaimedDelivery } from '../../../apps/notifier/src/delivery/sending/delivery-claims';
import { FixedClock } from '../../support/fixed-clock';
import { openTestDatabase, type TestDatabase } from '../../support/test-database';
import { accept, askForReport, handIn, plantCity, reject } from './city';
import { type Job, SendingProcess } from './sending-process';

jest.setTimeout(300_000);

const RUNS = 25;
const COMMANDS = 40;
/** When e-mails and SMS fall due together. */
const START = '2026-11-17T08:00:00+07:00';
/** After this nothing new falls due in these tests, so what is quiet then stays quiet. */
const END = '2026-11-25T09:00:00+07:00';
const QUARTER_MS = 16 * 60_000;

/** Which state may follow which, whatever happens and in whatever order. */
const MAY_FOLLOW: Readonly<Record<DeliveryState, readonly DeliveryState[]>> = {
  planned: ['planned', 'sending', 'failed', 'cancelled'],
  sending: ['sending', 'planned', 'sent', 'delivered', 'unknown', 'failed'],
  unknown: ['unknown', 'sending', 'sent', 'delivered', 'failed'],
  sent: ['sent', 'delivered', 'failed'],
  delivered: ['delivered'],
  failed: ['failed', 'delivered'],
  cancelled: ['cancelled'],
};

interface DeliveryRow {
  readonly id: string;
  readonly digest_id: string;
  readonly channel: 'email' | 'sms';
  readonly state: DeliveryState;
}

/** What must be true of reports: told to the database, and remembered here by hand. */
type Report = { state: 'owed' | 'met' } | { state: 'undecided'; submission: string };

interface NoticeRow {
  readonly digest_id: string;
  readonly obligation_id: string;
  readonly contact_id: number;
  readonly step: string;
}

/** One attempt's message. */
interface Spoken {
  readonly delivery: string;
  readonly digest: string;
  readonly obligations: readonly string[];
  /** Until it is known that the provider did not take it, or could not deliver it. */
  mayHaveArrived: boolean;
}

/** What the world knows that the notifier may not. */
interface World {
  readonly reports: Map<string, Report>;
  /** What each attempt said, in order. */
  readonly spoken: Spoken[];
  /** Every notice that ever stood in the ledger, by digest: a notice that is taken back stands there no more. */
  readonly everNoted: Map<string, NoticeRow[]>;
  /** Deliveries whose taking was written down. */
  readonly recorded: Set<string>;
  /** Attempts at a delivery whose outcome nobody wrote down. */
  readonly unknown: Map<string, number>;
  /** SMS that the centre really took, by its reference, and whether it ever reported them delivered. */
  readonly centre: { readonly delivery: string; readonly reference: string }[];
  readonly arrived: Set<string>;
  readonly everAsked: Job[];
  states: ReadonlyMap<string, DeliveryState>;
}

interface System {
  readonly clock: FixedClock;
  process: SendingProcess;
  restart(): SendingProcess;
}

let database: TestDatabase;
let dataSource: DataSource;
let contacts: ContactStore;
let deliveries: DeliveryStore;
let obligations: string[];

beforeAll(async () => {
  database = await openTestDatabase(6);
  dataSource = database.dataSource;
  contacts = new ContactStore(dataSource, new ContactCipher(Buffer.alloc(32, 7)));
  deliveries = new DeliveryStore(dataSource);
  const { cells } = await plantCity(dataSource, contacts, 2);
  obligations = await askForReport(dataSource, cells);
});

afterAll(async () => {
  await database.close();
});

async function rows(): Promise<DeliveryRow[]> {
  return dataSource.query('select id, digest_id, channel, state from delivery order by id');
}

async function fresh(): Promise<{ model: World; real: System }> {
  await database.asOwner('truncate submission, notice, delivery, digest, outbox cascade');
  await dataSource.query(
    `update obligation set received_at = null, first_accepted_at = null, accepted_submission_id = null, last_version = 0,
            next_notice_at = '2026-11-16T08:00:00+07:00'`,
  );
  const clock = new FixedClock(START);
  const model: World = {
    reports: new Map(obligations.map((id) => [id, { state: 'owed' }])),
    spoken: [],
    everNoted: new Map(),
    recorded: new Set(),
    unknown: new Map(),
    centre: [],
    arrived: new Set(),
    everAsked: [],
    states: new Map(),
  };
  const restart = (): SendingProcess =>
    new SendingProcess(dataSource, contacts, clock, (claimed) => {
      spoke(model, claimed);
    });
  return { model, real: { clock, process: restart(), restart } };
}

/** A message is about to leave: what may it not be? */
function spoke(world: World, { delivery, items }: ClaimedDelivery): void {
  expect(items.map(({ obligationId }) => world.reports.get(obligationId)?.state)).toEqual(
    items.map(() => 'owed'),
  );
  expect(world.recorded.has(delivery.id)).toBe(false);
  expect(world.unknown.get(delivery.id) ?? 0).toBeLessThan(2);
  const said = {
    delivery: delivery.id,
    digest: delivery.digestId,
    obligations: items.map(({ obligationId }) => obligationId),
    mayHaveArrived: true,
  };
  const known = new Set(
    world.spoken
      .filter(({ digest, mayHaveArrived }) => digest !== said.digest && mayHaveArrived)
      .flatMap((earlier) => stepsIn(world, earlier)),
  );
  // A digest is one message over each of its channels; a second digest says nothing that the first one said.
  expect(stepsIn(world, said).filter((step) => known.has(step))).toEqual([]);
  world.spoken.push(said);
}

/** Who is told which step of what by a message. */
function stepsIn(world: World, { digest, obligations: about }: Spoken): string[] {
  const noted = world.everNoted.get(digest) ?? [];
  return noted
    .filter(({ obligation_id }) => about.includes(obligation_id))
    .map(({ contact_id, step, obligation_id }) => `${String(contact_id)} ${step} ${obligation_id}`);
}

async function sweep(world: World, process: SendingProcess): Promise<void> {
  await process.sweep();
  const noted: NoticeRow[] = await dataSource.query(
    'select digest_id, obligation_id, contact_id, step from notice',
  );
  for (const { digest_id: digest } of noted)
    world.everNoted.set(
      digest,
      noted.filter(({ digest_id }) => digest_id === digest),
    );
}

async function lookAtStates(world: World): Promise<void> {
  const now = await rows();
  for (const { id, state } of now) {
    const before = world.states.get(id) ?? 'planned';
    expect(`${before} → ${MAY_FOLLOW[before].includes(state) ? 'may be' : 'may not be'} ${state}`).toBe(
      `${before} → may be ${state}`,
    );
    if (world.arrived.has(id)) expect(state).toBe('delivered');
    if (state !== 'planned' && state !== 'failed') continue;
    for (const said of world.spoken) if (said.delivery === id) said.mayHaveArrived = false;
  }
  world.states = new Map(now.map(({ id, state }) => [id, state]));
}

/** One thing that happens; `pick` chooses among what there is. */
type Happening = (world: World, system: System, pick: number) => Promise<void>;

const pickOf = <T>(list: readonly T[], pick: number): T | undefined => list[pick % Math.max(1, list.length)];

const HAPPENINGS: Readonly<Record<string, Happening>> = {
  async timePasses(_world, { clock }, pick) {
    clock.advance([5_000, QUARTER_MS, 6 * 3_600_000, 24 * 3_600_000][pick % 4] ?? 0);
    return Promise.resolve();
  },
  async sweep(world, { process }) {
    await sweep(world, process);
    world.everAsked.push(...(await process.jobs()));
  },
  async job(_world, { process }, pick) {
    const job = pickOf(await process.jobs(), pick);
    if (job !== undefined) await process.run(job);
  },
  async everyJob(world, system, pick) {
    await HAPPENINGS['sweep']?.(world, system, pick);
    for (const job of await system.process.jobs()) await system.process.run(job);
  },
  async replayedJob(world, { process }, pick) {
    const job = pickOf(world.everAsked, pick);
    if (job !== undefined) await process.run(job);
  },
  async taken(world, { process }, pick) {
    const message = pickOf(process.inHand, pick);
    if (message === undefined) return;
    const { id, channel } = message.claimed.delivery;
    const reference = `r${String(world.centre.length)}-${id}`;
    if (channel === 'sms') world.centre.push({ delivery: id, reference });
    await message.answer({ kind: 'taken', reference });
    world.recorded.add(id);
  },
  async refused(_world, { process }, pick) {
    await pickOf(process.inHand, pick)?.answer({
      kind: 'refused',
      refusal:
        pick % 3 === 0
          ? { about: 'address', lasting: true }
          : { about: pick % 3 === 1 ? 'provider' : 'message', lasting: false },
      reason: 'no',
    });
  },
  async silence(world, { process }, pick) {
    const message = pickOf(process.inHand, pick);
    if (message === undefined) return;
    forgotten(world, message.claimed, pick);
    await message.answer({ kind: 'unknown', reason: 'silence' });
  },
  async kill(world, system, pick) {
    for (const { claimed } of system.process.inHand) forgotten(world, claimed, pick);
    system.process = system.restart();
    await dataSource.query(
      `update delivery set claimed_until = clock_timestamp() - interval '1 second' where state = 'sending'`,
    );
    if (pick % 2 === 0) await system.process.keepClaims();
  },
  async receipt(world, _system, pick) {
    const message = pickOf(world.centre, pick);
    if (message === undefined) return;
    const delivered = pick % 3 !== 0;
    const known = await deliveries.receipt({
      reference: message.reference,
      idTail: message.delivery.slice(-4),
      delivered,
      detail: 'receipt',
    });
    if (known) world.recorded.add(message.delivery);
    if (known && delivered) world.arrived.add(message.delivery);
  },
  async lateAnswer(world, { clock }, pick) {
    const message = pickOf(world.centre, pick);
    if (message === undefined) return;
    if (await deliveries.takenLate(message.delivery, message.reference, clock.now()))
      world.recorded.add(message.delivery);
  },
  async handedIn(world, _system, pick) {
    const [id] =
      pickOf(
        [...world.reports].filter(([, { state }]) => state === 'owed'),
        pick,
      ) ?? [];
    if (id !== undefined)
      world.reports.set(id, { state: 'undecided', submission: await handIn(dataSource, id) });
  },
  async decided(world, _system, pick) {
    const undecided = [...world.reports].flatMap(([id, report]) =>
      report.state === 'undecided' ? [{ id, submission: report.submission }] : [],
    );
    const report = pickOf(undecided, pick);
    if (report !== undefined) await decide(world, report.id, report.submission, pick % 4 === 0);
  },
};

async function decide(world: World, id: string, submission: string, accepted: boolean): Promise<void> {
  if (accepted) {
    await dataSource.query(`update submission set state = 'accepted' where id = $1`, [submission]);
    await accept(dataSource, [id]);
  } else await reject(dataSource, submission);
  world.reports.set(id, { state: accepted ? 'met' : 'owed' });
}

/** An attempt whose outcome is lost; an SMS may have been taken all the same. */
function forgotten(world: World, { delivery }: ClaimedDelivery, pick: number): void {
  world.unknown.set(delivery.id, (world.unknown.get(delivery.id) ?? 0) + 1);
  if (delivery.channel === 'sms' && pick % 2 === 0)
    world.centre.push({
      delivery: delivery.id,
      reference: `lost${String(world.centre.length)}-${delivery.id}`,
    });
}

class Happens implements fc.AsyncCommand<World, System> {
  constructor(
    private readonly name: string,
    private readonly pick: number,
  ) {}

  check(): boolean {
    return true;
  }

  async run(world: World, system: System): Promise<void> {
    await HAPPENINGS[this.name]?.(world, system, this.pick);
    await lookAtStates(world);
  }

  toString(): string {
    return `${this.name}(${String(this.pick)})`;
  }
}

async function answerAll(world: World, system: System): Promise<void> {
  while (system.process.inHand.length > 0) {
    await HAPPENINGS['taken']?.(world, system, 0);
    await lookAtStates(world);
  }
}

/** Everything comes to rest: reports are decided, providers answer, nothing dies any more. */
async function rest(world: World, system: System): Promise<void> {
  system.clock.set(END);
  for (const [id, report] of world.reports)
    if (report.state === 'undecided') await decide(world, id, report.submission, false);
  for (let rounds = 0, quiet = 0; quiet < 2; rounds += 1) {
    expect(rounds).toBeLessThan(40);
    await answerAll(world, system);
    await system.process.keepClaims();
    await sweep(world, system.process);
    const jobs = await system.process.jobs();
    for (const job of jobs) {
      await system.process.run(job);
      await lookAtStates(world);
      await answerAll(world, system);
    }
    await lookAtStates(world);
    quiet = jobs.length === 0 ? quiet + 1 : 0;
    system.clock.advance(QUARTER_MS);
  }
}

/** Whoever still owes was told of every step over some channel, or every channel refused for good. */
async function nothingIsLost(world: World): Promise<void> {
  const ended = await rows();
  expect(ended.filter(({ state }) => state === 'planned' || state === 'sending')).toEqual([]);
  const ledger: { obligation_id: string; step: string; digest_id: string }[] = await dataSource.query(
    'select obligation_id, step, digest_id from notice',
  );
  for (const [id, { state }] of world.reports) {
    if (state !== 'owed') continue;
    const notices = ledger.filter(({ obligation_id }) => obligation_id === id);
    // due_soon and due_today to the clerk, overdue to clerk and head, then two above and two in the city.
    expect(notices).toHaveLength(8);
    for (const { digest_id, step } of notices) {
      const told = world.spoken.some(
        ({ digest, delivery, obligations: about }) =>
          digest === digest_id &&
          about.includes(id) &&
          (world.recorded.has(delivery) || world.unknown.has(delivery)),
      );
      const admitted = ended
        .filter(({ digest_id: digest }) => digest === digest_id)
        .every(({ state: end }) => end === 'failed');
      expect([step, told || admitted]).toEqual([step, true]);
    }
  }
}

const story = (
  ...steps: readonly (readonly [name: string, pick: number])[]
): [fc.AsyncCommand<World, System>[]] => [steps.map(([name, pick]) => new Happens(name, pick))];
const FOUR_TIMES = [0, 1, 2, 3];

/** Told in full, so that every end is met in every run. */
const STORIES = [
  // All is handed in before anything goes out.
  story(['sweep', 0], ['handedIn', 0], ['handedIn', 0], ...FOUR_TIMES.map(() => ['job', 0] as const)),
  // The e-mail is under way when the report comes in, and is refused; the report is rejected.
  story(
    ['sweep', 0],
    ['job', 0],
    ['handedIn', 0],
    ['handedIn', 0],
    ['job', 1],
    ['job', 1],
    ['refused', 0],
    ['decided', 1],
    ['decided', 1],
  ),
  // The same, but the e-mail is taken: the step was told, and is not taken back with the SMS.
  story(
    ['sweep', 0],
    ['job', 0],
    ['handedIn', 0],
    ['handedIn', 0],
    ['job', 1],
    ['job', 1],
    ['taken', 0],
    ['decided', 1],
    ['decided', 1],
  ),
  // Nobody ever answers.
  story(
    ['everyJob', 0],
    ...FOUR_TIMES.map(() => ['silence', 1] as const),
    ['timePasses', 1],
    ['everyJob', 0],
    ...FOUR_TIMES.map(() => ['silence', 1] as const),
  ),
  // Killed with everything in hand; the receipts come all the same, and one turns round.
  story(['everyJob', 0], ['kill', 0], ['receipt', 0], ['receipt', 1], ['receipt', 4], ['receipt', 3]),
];

test('whatever comes in whatever order: nobody is reminded of what is in, nothing taken is sent again, no step is told twice, nothing is lost', async () => {
  const happens = Object.keys(HAPPENINGS).map((name) =>
    fc.nat({ max: 11 }).map((pick): fc.AsyncCommand<World, System> => new Happens(name, pick)),
  );
  // Sweeps and jobs are what everything else happens to.
  const often = ['everyJob', 'everyJob', 'everyJob', 'everyJob', 'timePasses'].map((name) =>
    fc.nat({ max: 11 }).map((pick): fc.AsyncCommand<World, System> => new Happens(name, pick)),
  );
  const ends: Record<string, number> = {};
  await fc.assert(
    fc.asyncProperty(
      fc.commands([...happens, ...often], { maxCommands: COMMANDS, size: 'max' }),
      async (commands) => {
        const { model, real } = await fresh();
        await fc.asyncModelRun(() => ({ model, real }), commands);
        await rest(model, real);
        await nothingIsLost(model);
        for (const { state } of await rows()) ends[state] = (ends[state] ?? 0) + 1;
      },
    ),
    { numRuns: RUNS, examples: STORIES },
  );
  // The runs really reached every way a delivery can end.
  expect(Object.keys(ends).sort()).toEqual(['cancelled', 'delivered', 'failed', 'sent', 'unknown']);
});
