import type { DataSource } from 'typeorm';
import {
  DeliveryStore,
  DirectoryReads,
  DraftStore,
  HintReads,
  HintStore,
  HintWork,
  NoticeReads,
  NoticeStore,
  ObligationReads,
  OutboxStore,
  PrefillReads,
  ReportReads,
  RequirementStore,
  RollupReads,
  RollupStore,
  SessionStore,
  Transactions,
  YardstickStore,
} from '@mach/persistence';
import { PLANTED } from './plant-years';

/** What one use of a store costs: summed over its statements, by `explain (analyze, buffers)`. */
export interface Cost {
  readonly buffers: number;
  readonly ms: number;
  /** Kinds of plan nodes with the table or index they look into, such as `Seq Scan rollup_node`. */
  readonly scans: readonly string[];
}

interface PlanNode {
  readonly 'Node Type': string;
  readonly 'Relation Name'?: string;
  readonly 'Index Name'?: string;
  readonly 'Shared Hit Blocks': number;
  readonly 'Shared Read Blocks': number;
  readonly Plans?: readonly PlanNode[];
}

interface Asked {
  readonly statement: string;
  readonly parameters: readonly unknown[];
}

/** A page that is full however few months there are, so that its cost can be compared. */
const FULL = 3;

/** The statements asked most often, by what they are for; each through the store that asks it. */
export function hotStatements(
  dataSource: DataSource,
  periodId: number,
): Readonly<Record<string, () => Promise<unknown>>> {
  const key = { requirementId: PLANTED.requirementId, periodId, asOf: PLANTED.asOf } as const;
  const transactions = new Transactions(dataSource);
  const rollups = new RollupStore(dataSource, transactions);
  const rollupReads = new RollupReads(dataSource);
  const obligations = new ObligationReads(dataSource);
  const notices = new NoticeReads(dataSource);
  const directory = new DirectoryReads(dataSource);
  const requirements = new RequirementStore(dataSource);
  const outbox = new OutboxStore(dataSource);
  const hintWork = new HintWork(dataSource);
  const everything = {
    unitIds: null,
    requirement: null,
    period: null,
    standing: null,
    superiorUnitId: null,
    asking: false,
    after: null,
    limit: FULL,
  };
  const ledger = {
    unitIds: null,
    obligationId: null,
    requirement: null,
    period: null,
    step: null,
    state: null,
    after: null,
    limit: FULL,
  };
  return {
    'dirty nodes, when none is': () => rollups.dirtyTargets(),
    'recompute, when nothing is dirty': () => rollups.recompute(key, [], PLANTED.now),
    'periods to open': () => requirements.all(),
    'one requirement': () => requirements.summary(PLANTED.requirement),
    'obligations of a month for the intake': () => directory.obligations(PLANTED.requirementId, periodId),
    'what the city watches': () => rollupReads.watched(1),
    'what a cell watches': () => rollupReads.watched(500),
    'nodes of a month': () => rollupReads.nodes(key, 1),
    'overdue by node': () => rollupReads.overdueByNode(key, PLANTED.now),
    'reports of a commune': () => rollupReads.reports(key, 2),
    'list of the city': () => obligations.page(everything),
    'list of a cell': () => obligations.page({ ...everything, unitIds: [500] }),
    'list of a month': () => obligations.page({ ...everything, period: PLANTED.lastPeriod }),
    'list of what is exempt': () =>
      obligations.page({ ...everything, standing: { states: ['exempt'], at: PLANTED.now } }),
    'list of what is overdue': () =>
      obligations.page({ ...everything, standing: { states: ['overdue'], at: PLANTED.now } }),
    'one obligation': () => obligations.detail(500),
    'draft of a report': () => new DraftStore(dataSource).trace(500),
    'what is known of a report': async () => {
      const page = { ...everything, unitIds: [500], period: PLANTED.lastPeriod, limit: 1 };
      const [last] = await obligations.page(page);
      const known = await new PrefillReads(dataSource).of(last?.id ?? -1);
      if (known?.previous === null) throw new Error('the month before was reported');
    },
    'status of a receipt': () => new ReportReads(dataSource).byReceipt('BC-500'),
    'hints: nodes to look at': () => hintWork.nodes(FULL),
    'hints: periods before': () => hintWork.periods(key),
    'hints: reports of a node to look at': () =>
      transactions.run((tx) => hintWork.unchecked(tx, { ...key, unitId: 2, seq: 1n }, 1, FULL)),
    'hints: what units reported before': () =>
      hintWork.pasts(PLANTED.requirementId, [periodId - 1, periodId - 2], [500, 501]),
    'hints: a page of figures for the yardstick': () => hintWork.figuresOf(key, 0, FULL),
    'hints: likely copies': () =>
      transactions.run((tx) =>
        new HintStore().likelyCopies(tx, [{ narrative: 'results', unitId: 500, bands: [1, 2, 3] }]),
      ),
    'hints: usual among peers': () =>
      new YardstickStore(dataSource, transactions).peersOf(
        PLANTED.requirementId,
        [periodId],
        ['residential'],
        [2],
      ),
    'hints of a report': () => new HintReads(dataSource).ofObligation(500),
    'hints below a commune': () => new HintReads(dataSource).hinted(key, [500, 501, 502], FULL),
    'ledger of the city': () => notices.page(ledger),
    'ledger of a cell': () => notices.page({ ...ledger, unitIds: [500] }),
    'ledger of a month': () => notices.page({ ...ledger, period: PLANTED.lastPeriod }),
    'ledger of what failed': () => notices.page({ ...ledger, state: 'failed' }),
    'notices due': () =>
      transactions.run((tx) => new NoticeStore(dataSource).claimDue(tx, PLANTED.now, [], 200)),
    'deliveries waiting': () => new DeliveryStore(dataSource).backlog(),
    'outbox to relay': () => outbox.stale(2_000, '00000000-0000-0000-0000-000000000000', 500),
    'a sign-in and its end': async () => {
      const sessions = new SessionStore(dataSource);
      const tokenHash = Buffer.alloc(32, 1);
      await sessions.open({ tokenHash, accountId: 500, expiresAt: PLANTED.now }, PLANTED.now);
      await sessions.close(tokenHash);
    },
  };
}

/** Runs `work` and explains every statement it asked. What they write is undone. */
export async function costOf(dataSource: DataSource, work: () => Promise<unknown>): Promise<Cost> {
  const asked = await statementsOf(dataSource, work);
  const plans: { plan: PlanNode; ms: number }[] = [];
  const runner = dataSource.createQueryRunner();
  try {
    for (const { statement, parameters } of asked) {
      await runner.startTransaction();
      const [row] = (await runner.query(`explain (analyze, buffers, format json) ${statement}`, [
        ...parameters,
      ])) as { 'QUERY PLAN': readonly { Plan: PlanNode; 'Execution Time': number }[] }[];
      await runner.rollbackTransaction();
      const explained = row?.['QUERY PLAN'][0];
      if (explained === undefined) throw new Error(`no plan for ${statement}`);
      plans.push({ plan: explained.Plan, ms: explained['Execution Time'] });
    }
  } finally {
    await runner.release();
  }
  return {
    buffers: plans.reduce((sum, { plan }) => sum + plan['Shared Hit Blocks'] + plan['Shared Read Blocks'], 0),
    ms: plans.reduce((sum, { ms }) => sum + ms, 0),
    scans: plans.flatMap(({ plan }) => scansOf(plan)),
  };
}

function scansOf(node: PlanNode): string[] {
  const looked = node['Index Name'] ?? node['Relation Name'];
  return [
    ...(looked === undefined ? [] : [`${node['Node Type']} ${looked}`]),
    ...(node.Plans ?? []).flatMap(scansOf),
  ];
}

const EXPLAINABLE = /^\s*(select|with|insert|update|delete)\b/i;

async function statementsOf(dataSource: DataSource, work: () => Promise<unknown>): Promise<Asked[]> {
  const asked: Asked[] = [];
  const { logger } = dataSource;
  const logQuery = logger.logQuery.bind(logger);
  logger.logQuery = (statement: string, parameters?: unknown[]) => {
    if (EXPLAINABLE.test(statement)) asked.push({ statement, parameters: parameters ?? [] });
  };
  try {
    await work();
  } finally {
    logger.logQuery = logQuery;
  }
  return asked;
}
