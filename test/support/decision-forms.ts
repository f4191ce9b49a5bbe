import { FactsBesideReports, FormStore, RuleContextStore, TargetStore } from '@mach/persistence';
import type { DataSource } from 'typeorm';
import { DecisionForms } from '../../apps/aggregator/src/reports/decision-forms';

/** The aggregator's measures on a database of a test. */
export function decisionForms(dataSource: DataSource): DecisionForms {
  const forms = new FormStore(dataSource);
  const beside = new FactsBesideReports(forms, new RuleContextStore(dataSource), new TargetStore(dataSource));
  return new DecisionForms(forms, beside);
}
