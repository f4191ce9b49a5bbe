import { Pool } from 'pg';
import { System } from '../support/system/system';
import { prepareBurst, runBurst } from './burst';
import type { CpuTime } from './cpu-time';

/** What a form's rules take from the burst: the same reports under twenty rules and under none, in turns. */
export interface RulesResult {
  readonly withRules: readonly RulesBurst[];
  readonly without: readonly RulesBurst[];
}

export interface RulesBurst {
  readonly perSecond: number;
  readonly cpu: CpuTime;
}

const RULES = 20;
const ROUNDS = 3;

/** Sums and bounds that the reports of the bench keep. */
const EXPRESSIONS = [
  'recommendations_resolved + recommendations_pending == recommendations_received',
  'study_attendance.numerator <= study_attendance.denominator',
  'enterprise_members_admitted <= members_admitted.numerator',
  'study_sessions + broadcasts >= dialogues',
];

export async function rulesCost(
  reports: number,
  connections: number,
  redisUrl: string,
): Promise<RulesResult> {
  const rules = Array.from({ length: RULES }, (_, index) => ({
    code: `rule_${String(index)}`,
    expression: EXPRESSIONS[index % EXPRESSIONS.length],
    severity: 'hint',
    message: 'Số liệu chưa khớp.',
  }));
  const result = { withRules: [] as RulesBurst[], without: [] as RulesBurst[] };
  for (let round = 1; round <= ROUNDS; round += 1) {
    const run = `rules-${String(round)}`;
    result.withRules.push(await burstUnder(rules, reports, connections, `${run}-with`, redisUrl));
    result.without.push(await burstUnder([], reports, connections, `${run}-without`, redisUrl));
  }
  return result;
}

async function burstUnder(
  rules: readonly object[],
  reports: number,
  connections: number,
  run: string,
  redisUrl: string,
): Promise<RulesBurst> {
  const system = await System.start();
  try {
    // Behind the back of the running system, which reads a form when it is first asked for.
    const pool = new Pool({ connectionString: system.databaseUrl, max: 1 });
    await pool.query(
      `update form_version set definition = jsonb_set(definition, '{rules}', $1)
       where form_id = (select id from form where code = 'BM-14-CTR-THANG')`,
      [JSON.stringify(rules)],
    );
    await pool.end();
    const burst = await prepareBurst(system, reports);
    const { load, cpu } = await runBurst(system, burst, connections, run, redisUrl);
    if (load.accepted !== reports)
      throw new Error(`only ${String(load.accepted)} of ${String(reports)} were received`);
    return { perSecond: load.perSecond, cpu };
  } finally {
    await system.stop();
  }
}
