import { DataSource } from 'typeorm';
import { FirstReport1763700000000 } from './migrations/1763700000000-first-report';
import { DeliverySchedule1763700100000 } from './migrations/1763700100000-delivery-schedule';
import { DeliveryClaims1763701100000 } from './migrations/1763701100000-delivery-claims';
import { LedgerPages1763701110000 } from './migrations/1763701110000-ledger-pages';
import { Vocabularies1763701300000 } from './migrations/1763701300000-vocabularies';
import { SubmissionBase1763701500000 } from './migrations/1763701500000-submission-base';
import { ObligationLists1763701600000 } from './migrations/1763701600000-obligation-lists';
import { Growth1763701700000 } from './migrations/1763701700000-growth';
import { SubmissionRoom1763701900000 } from './migrations/1763701900000-submission-room';
import { FormRules1763702200000 } from './migrations/1763702200000-form-rules';
import { ReportFiles1763702000000 } from './migrations/1763702000000-report-files';
import { MoneyInDong1763702100000 } from './migrations/1763702100000-money-in-dong';
import { IndicatorCatalogue1763702110000 } from './migrations/1763702110000-indicator-catalogue';
import { FormInForce1763702120000 } from './migrations/1763702120000-form-in-force';
import { ReportDrafts1763702300000 } from './migrations/1763702300000-report-drafts';
import { Review1763702400000 } from './migrations/1763702400000-review';
import { Imports1763702500000 } from './migrations/1763702500000-imports';
import { NilReports1763703000000 } from './migrations/1763703000000-nil-reports';
import { ReportHints1763702600000 } from './migrations/1763702600000-report-hints';
import { PeriodSchemes1763702900000 } from './migrations/1763702900000-period-schemes';
import { Verification1763703300000 } from './migrations/1763703300000-verification';
import { Signatures1763703400000 } from './migrations/1763703400000-signatures';
import { letServe, sameUser } from './service-role';
import { sessionSettings, TIME_LIMITS } from './time-limits';

/** Every migration in order; a new one is added at the end. */
const MIGRATIONS = [
  FirstReport1763700000000,
  DeliverySchedule1763700100000,
  DeliveryClaims1763701100000,
  LedgerPages1763701110000,
  Vocabularies1763701300000,
  SubmissionBase1763701500000,
  ObligationLists1763701600000,
  Growth1763701700000,
  SubmissionRoom1763701900000,
  MoneyInDong1763702100000,
  IndicatorCatalogue1763702110000,
  FormInForce1763702120000,
  FormRules1763702200000,
  ReportDrafts1763702300000,
  Review1763702400000,
  Imports1763702500000,
  ReportHints1763702600000,
  PeriodSchemes1763702900000,
  ReportFiles1763702000000,
  NilReports1763703000000,
  Verification1763703300000,
  Signatures1763703400000,
];
/** Any constant of our own: processes that start together migrate one after the other. */
const MIGRATION_LOCK = 7_177_001;

/**
 * Brings the database at `ownerUrl` up to date, each migration in its own transaction, and lets the user of
 * `serviceUrl` work in it when that is another one. Safe to call from several processes at once.
 */
export async function migrate(ownerUrl: string, serviceUrl = ownerUrl): Promise<void> {
  const dataSource = new DataSource({
    type: 'postgres',
    url: ownerUrl,
    migrations: MIGRATIONS,
    poolSize: 2,
    applicationName: 'mach-migrate',
    extra: sessionSettings(TIME_LIMITS.preparing),
  });
  await dataSource.initialize();
  try {
    const guard = dataSource.createQueryRunner();
    try {
      // As long as it takes: the other process's migrations come first.
      await guard.query('set lock_timeout = 0; set statement_timeout = 0');
      await guard.query('select pg_advisory_lock($1)', [MIGRATION_LOCK]);
      await dataSource.runMigrations({ transaction: 'each' });
      if (!sameUser(ownerUrl, serviceUrl)) await letServe(guard, serviceUrl);
      await guard.query('select pg_advisory_unlock($1)', [MIGRATION_LOCK]);
    } finally {
      await guard.release();
    }
  } finally {
    await dataSource.destroy();
  }
}
