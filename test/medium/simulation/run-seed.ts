import { Transactions, Verifier } from '@mach/persistence';
import type { DataSource } from 'typeorm';
import { FixedClock } from '../../support/fixed-clock';
import { FORM } from '../aggregator/a-report';
import { plantTree, type PlantedUnit } from '../aggregator/planted-tree';
import { AdversarialQueue } from './adversarial-queue';
import { Chance, ChanceIds } from './chance';
import { Clerks, drawUnits } from './clerks';
import { faultsOf, HANDING_IN } from './reckoning';
import { Signers } from './signers';
import { Superiors } from './superiors';
import { viewFaults } from './view-reckoning';
import type { Mishap } from './simulated-process';
import { type Aggregator, type Gateway, Machines, type World } from './world';

const STEPS = 40;
/** Rounds of undisturbed work after which everything must have come to rest. */
const ROUNDS_TO_REST = 30;

/** What a run of one seed did, for whoever has to understand a failure. */
export interface SimulationRun {
  readonly faults: readonly string[];
  readonly story: readonly string[];
  readonly deaths: number;
  readonly stalls: number;
}

/**
 * One seed: clerks hand in, a gateway and two aggregators work, and everything that may go wrong does: jobs
 * doubled, out of order, forgotten, a process dead or stalled between any two of its awaits, the clock thrown
 * about. Then the trouble ends, the work is let come to rest, and the reckoning is made.
 */
export async function runSeed(seed: number, url: string, administrator: DataSource): Promise<SimulationRun> {
  const simulation = await Simulation.begin(seed, url, administrator);
  try {
    for (let step = 0; step < STEPS; step += 1) await simulation.step();
    return await simulation.comeToRest();
  } finally {
    await simulation.end();
  }
}

type Step =
  | 'handIn'
  | 'again'
  | 'review'
  | 'sign'
  | 'correct'
  | 'job'
  | 'relay'
  | 'sweep'
  | 'forget'
  | 'away'
  | 'later'
  | 'clock'
  | 'resume'
  | 'kill';

/** How often each step comes, in parts of the whole. */
const WEIGHTS: Readonly<Record<Step, number>> = {
  handIn: 22,
  again: 8,
  review: 12,
  sign: 5,
  correct: 6,
  job: 34,
  relay: 8,
  sweep: 5,
  forget: 3,
  away: 3,
  later: 7,
  clock: 4,
  resume: 4,
  kill: 2,
};

const STEP_BAG = Object.entries(WEIGHTS).flatMap(([step, weight]) =>
  new Array<Step>(weight).fill(step as Step),
);

class Simulation {
  private readonly story: string[] = [];
  private deaths = 0;
  private stalls = 0;
  private readonly finishing: Promise<unknown>[] = [];

  private constructor(
    private readonly chance: Chance,
    private readonly machines: Machines,
    private readonly world: World,
    private readonly city: { readonly units: readonly PlantedUnit[]; readonly clerks: Clerks },
    private gateway: Gateway,
    private readonly aggregators: Aggregator[],
    private readonly superiors: Superiors,
    private readonly signers: Signers,
  ) {}

  static async begin(seed: number, url: string, administrator: DataSource): Promise<Simulation> {
    const chance = new Chance(seed);
    const units = drawUnits(chance);
    const world: World = {
      url,
      administrator,
      tree: await plantTree(administrator, units, FORM),
      clock: new FixedClock(new Date(HANDING_IN.from).toISOString()),
      queue: new AdversarialQueue(),
      ids: new ChanceIds(seed),
    };
    await administrator.query(
      `update obligation o set needs_approval = true, superior_unit_id = fact.parent_id
         from unit_fact fact where fact.unit_id = o.unit_id and fact.parent_id is not null and o.requirement_id = $1`,
      [world.tree.requirementId],
    );
    const machines = new Machines(`sim-${String(seed)}`, world);
    return new Simulation(
      chance,
      machines,
      world,
      { units, clerks: new Clerks(chance, world.tree) },
      await machines.gateway(),
      [await machines.aggregator(), await machines.aggregator()],
      new Superiors(chance, world.tree, administrator),
      new Signers(chance, world.tree, administrator),
    );
  }

  async step(): Promise<void> {
    const step = this.chance.pick(STEP_BAG);
    this.story.push(step);
    await this.take(step);
    await this.replaceTheDead();
  }

  /** No more trouble: everybody who got no answer asks again, everything that waits is done. */
  async comeToRest(): Promise<SimulationRun> {
    this.world.queue.reachable = true;
    for (const { process } of this.aggregators) process.resume();
    await Promise.allSettled(this.finishing);
    const { clerks, units } = this.city;
    for (let round = 0; round < ROUNDS_TO_REST; round += 1) {
      await this.gateway.handIn(clerks.unanswered(), null);
      await this.growStale();
      for (const aggregator of this.aggregators) {
        await aggregator.relayOnce();
        for (const job of this.world.queue.waiting()) await aggregator.take(job).catch(() => undefined);
        await aggregator.sweep();
      }
      if (
        (await this.isAtRest()) &&
        clerks.unanswered().length === 0 &&
        this.world.queue.waiting().length === 0
      )
        break;
    }
    const faults = [
      ...(await faultsOf(this.world.administrator, this.world.tree, units, clerks.intents)),
      ...(await viewFaults(this.world.administrator, this.world.tree, units, clerks.intents)),
      ...(await this.secondOpinion()),
    ];
    return { faults, story: this.story, deaths: this.deaths, stalls: this.stalls };
  }

  /** What `npm run verify` finds: the figures once more, by another hand than the reckoning's. */
  private async secondOpinion(): Promise<readonly string[]> {
    const { administrator, tree } = this.world;
    const verifier = new Verifier(administrator, new Transactions(administrator));
    const { waiting, found } = await verifier.verify({ requirement: tree.requirementCode });
    return [
      ...(waiting === 0 ? [] : [`verify: ${String(waiting)} nodes wait`]),
      ...found.map((difference) => `verify: ${JSON.stringify(difference)}`),
    ];
  }

  async end(): Promise<void> {
    for (const { process } of [this.gateway, ...this.aggregators]) await process.kill();
    await Promise.allSettled(this.finishing);
    // The next seed starts with an outbox of its own.
    await this.world.administrator.query('delete from outbox');
  }

  private async take(step: Step): Promise<void> {
    const { clerks } = this.city;
    switch (step) {
      case 'handIn':
        return this.gateway.handIn(
          Array.from({ length: 1 + this.chance.below(4) }, () => clerks.next()),
          this.mishap(0.2, 'dies'),
        );
      case 'again':
        return this.gateway.handIn(
          clerks.intents.filter(() => this.chance.happens(0.3)),
          this.mishap(0.1, 'dies'),
        );
      case 'review':
        this.story.push(`  ${String(await this.superiors.act(this.world.clock.now()))}`);
        return;
      case 'sign':
        this.story.push(`  ${String(await this.signers.sign(this.world.clock.now()))}`);
        return;
      case 'correct': {
        const answered = clerks.intents.filter(
          ({ receipt, contradictory }) => receipt !== null && !contradictory,
        );
        if (answered.length === 0) return;
        const standing = this.chance.pick(answered);
        return this.gateway.handIn([clerks.correct(standing.unit, standing)], null);
      }
      case 'job':
        return this.work(async (aggregator) => {
          const jobs = this.world.queue.waiting();
          if (jobs.length === 0) return;
          const job = this.chance.pick(jobs);
          await (this.chance.happens(0.15) ? this.twice(aggregator, job) : aggregator.take(job));
        });
      case 'relay':
        return this.work((aggregator) => aggregator.relayOnce());
      case 'sweep':
        return this.work((aggregator) => aggregator.sweep());
      case 'forget':
        this.world.queue.forgetEverything();
        return;
      case 'away':
        this.world.queue.reachable = !this.world.queue.reachable;
        return;
      case 'later':
        return this.growStale();
      case 'clock':
        this.world.clock.set(
          new Date(HANDING_IN.from + this.chance.below(HANDING_IN.to - HANDING_IN.from)).toISOString(),
        );
        return;
      case 'resume':
        for (const { process } of this.aggregators) process.resume();
        await Promise.allSettled(this.finishing.splice(0));
        return;
      case 'kill':
        await this.chance.pick(this.aggregators).process.kill();
        return;
    }
  }

  /** The same job at the same time in two pieces of work, as when a lock ran out while its holder still runs. */
  private async twice(aggregator: Aggregator, job: Parameters<Aggregator['take']>[0]): Promise<void> {
    await Promise.allSettled([aggregator.take(job), aggregator.take(job)]);
  }

  /** Has an aggregator that stands do something, with a mishap at any of its awaits. */
  private async work(what: (aggregator: Aggregator) => Promise<void>): Promise<void> {
    const ready = this.aggregators.filter(({ process }) => !process.isStalled && !process.isDead);
    if (ready.length === 0) return;
    const aggregator = this.chance.pick(ready);
    const mishap = this.mishap(0.3, this.chance.happens(0.6) ? 'dies' : 'stalls');
    let work: Promise<void> = Promise.resolve();
    const outcome = await aggregator.process.run(() => {
      work = what(aggregator);
      return work;
    }, mishap);
    if (outcome === 'stalled') {
      this.stalls += 1;
      this.finishing.push(work);
    }
    this.story.push(
      `  ${outcome}${mishap === null ? '' : ` (${mishap.kind} after ${String(mishap.after)})`}`,
    );
  }

  private mishap(probability: number, kind: Mishap['kind']): Mishap | null {
    return this.chance.happens(probability) ? { kind, after: this.chance.below(26) } : null;
  }

  private async replaceTheDead(): Promise<void> {
    if (this.gateway.process.isDead) {
      this.deaths += 1;
      this.gateway = await this.machines.gateway();
    }
    for (const [index, { process }] of this.aggregators.entries()) {
      if (!process.isDead) continue;
      this.deaths += 1;
      this.aggregators[index] = await this.machines.aggregator();
    }
  }

  /** Time passes for what was handed over: the relay may take it for lost. */
  private async growStale(): Promise<void> {
    await this.world.administrator.query(
      `update outbox set published_at = published_at - interval '1 hour'
        where id in (select id from outbox for update skip locked)`,
    );
  }

  private async isAtRest(): Promise<boolean> {
    const rows: { busy: boolean }[] = await this.world.administrator.query(
      `select exists (select from outbox) or exists (select from submission where state = 'received')
           or exists (select from rollup_node where dirty_seq <> computed_seq) as busy`,
    );
    return rows[0]?.busy === false;
  }
}
