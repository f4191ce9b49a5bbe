import type { Instant } from '@mach/domain';
import type { DataSource, EntityManager } from 'typeorm';
import { FormStore } from '../forms/form.store';
import { IndicatorStore } from '../indicators/indicator.store';
import { TargetStore } from '../indicators/target.store';
import { ObligationOpening, type OpeningResult } from '../obligations/obligation-opening';
import { ContactCipher } from '../organisation/contact-cipher';
import { UnitStore } from '../organisation/unit.store';
import { PlanStore } from '../plans/plan.store';
import { CalendarStore } from '../requirements/calendar.store';
import { PeriodStore } from '../requirements/period.store';
import { ReminderPolicyStore } from '../requirements/reminder-policy.store';
import { RequirementStore } from '../requirements/requirement.store';
import { Transactions } from '../transactions';
import { organisationTree, type SeedUnit } from './organisation-tree';
import { writeAccounts } from './seed-accounts';
import { readWorkingDays } from './seed-calendar';
import { writeContacts, writeUnits } from './seed-units';
import { readSeedWork } from './seed-work';

export interface SeedOptions {
  readonly contactKey: Buffer;
  /** What counts as now: the demonstration's clock. */
  readonly now: Instant;
  readonly nextId: () => string;
  /** Told after each step, in Vietnamese. */
  readonly say?: (line: string) => void;
}

export type SeedResult =
  | { readonly kind: 'seeded'; readonly units: number; readonly obligations: number }
  | { readonly kind: 'notEmpty' };

/** Any constant of our own: two processes that seed at once do it one after the other. */
const SEED_LOCK = 7_177_003;

/**
 * Fills an empty database with the demonstration: organisation, contacts, accounts, two plans, the catalogue of indicators with
 * targets, two forms, a reminder policy, two requirements and their opened period. All or nothing, in one transaction; a database with
 * units in it is left as it is. Asks for the tables' owner: only that one may analyse them.
 */
export async function seedDemo(dataSource: DataSource, options: SeedOptions): Promise<SeedResult> {
  const result = await new Transactions(dataSource).run(async (tx): Promise<SeedResult> => {
    await tx.query(`select pg_advisory_xact_lock($1)`, [SEED_LOCK]);
    const there = await tx.query<unknown[]>(`select 1 from unit limit 1`);
    return there.length > 0 ? { kind: 'notEmpty' } : seedEmpty(tx, dataSource, options);
  }, 'preparing');
  // On tables never analysed the planner guesses wrong about 10,000 obligations, a second at a time.
  if (result.kind === 'seeded') await dataSource.query('analyze');
  return result;
}

async function seedEmpty(
  tx: EntityManager,
  dataSource: DataSource,
  options: SeedOptions,
): Promise<SeedResult> {
  const say = options.say ?? (() => undefined);
  const units = organisationTree();
  await writeUnits(tx, units);
  say(`Đã ghi ${String(units.length)} tổ chức đảng.`);
  await writeContacts(tx, units, new ContactCipher(options.contactKey));
  say(`Đã ghi đầu mối liên hệ của từng đơn vị.`);
  say(`Đã ghi ${String(await writeAccounts(tx, units))} tài khoản.`);
  await new CalendarStore(dataSource).add(tx, readWorkingDays());
  const openings = await writeWork(tx, dataSource, units, options);
  const obligations = openings.reduce((sum, opening) => sum + opening.obligations, 0);
  say(`Đã ghi kế hoạch, biểu mẫu, yêu cầu báo cáo và mở kỳ với ${String(obligations)} nghĩa vụ báo cáo.`);
  return { kind: 'seeded', units: units.length, obligations };
}

async function writeWork(
  tx: EntityManager,
  dataSource: DataSource,
  units: readonly SeedUnit[],
  { now, nextId }: SeedOptions,
): Promise<Extract<OpeningResult, { kind: 'opened' }>[]> {
  const { plans, indicators, targets, forms, policy, requirements } = readSeedWork();
  const unitIds = new Map(units.map((unit) => [unit.code, unit.id]));
  const planIds = new Map<string, string>();
  for (const plan of plans) {
    const id = nextId();
    const parentId = plan.parent === null ? null : known(planIds, plan.parent);
    await new PlanStore(dataSource).create(tx, {
      ...plan,
      id,
      issuerId: known(unitIds, plan.issuer),
      parentId,
    });
    planIds.set(plan.symbol, id);
  }
  const catalogue = new IndicatorStore(dataSource);
  for (const indicator of indicators) await catalogue.create(tx, indicator, now);
  for (const { unit, ...target } of targets)
    await new TargetStore(dataSource).set(tx, {
      ...target,
      unitId: unit === null ? null : known(unitIds, unit),
      setAt: now,
    });
  const versionIds = new Map<string, string>();
  for (const { code, title, definition } of forms) {
    const formId = nextId();
    await new FormStore(dataSource).create(tx, { id: formId, code, title });
    const id = nextId();
    await new FormStore(dataSource).publish(tx, { id, formId, definition, publishedAt: now });
    versionIds.set(code, id);
  }
  const policies = new ReminderPolicyStore(dataSource);
  const reminderPolicyId = nextId();
  await policies.create(tx, { ...policy, id: reminderPolicyId });
  const requirementStore = new RequirementStore(dataSource);
  const opening = new ObligationOpening(
    new UnitStore(dataSource),
    requirementStore,
    policies,
    new CalendarStore(dataSource),
    new PeriodStore(dataSource),
  );
  const opened = [];
  for (const requirement of requirements) {
    const id = nextId();
    await requirementStore.create(tx, {
      ...requirement,
      id,
      planId: known(planIds, requirement.plan),
      formVersionId: known(versionIds, requirement.form),
      reminderPolicyId,
      scopeUnitId: known(unitIds, requirement.scopeUnit),
      activeTo: null,
    });
    for (const key of requirement.opens) {
      const result = await opening.open(tx, id, key, now);
      if (result.kind !== 'opened')
        throw new Error(`requirements.json: period ${key} cannot be opened (${result.kind})`);
      opened.push(result);
    }
  }
  return opened;
}

function known<T>(ids: ReadonlyMap<string, T>, name: string): T {
  const id = ids.get(name);
  if (id === undefined) throw new Error(`the seed refers to «${name}», which it does not have`);
  return id;
}
