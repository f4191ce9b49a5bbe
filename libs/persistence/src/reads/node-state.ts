import type { FigureView } from '@mach/domain';
import { integer } from '../columns/column';

/** The counts of `rollup_node n`, for the column map of a read that joins it. */
export const COUNTS = {
  expected: integer.at('n.expected'),
  received: integer.at('n.received'),
  accepted: integer.at('n.accepted'),
  onTime: integer.at('n.on_time'),
  lateWithPermission: integer.at('n.late_with_permission'),
  late: integer.at('n.late'),
  rejected: integer.at('n.rejected'),
  approved: integer.at('n.approved'),
  nil: integer.at('n.nil'),
  returned: integer.at('n.returned'),
};

/** What a node may sign: its own accepted reports, and its children's figures, signed where they signed. */
export const SIGNABLE = 'coalesce(n.signable_accumulators, n.accumulators)';

/** The accumulators of `rollup_node n` in each view; a column that is null is the same as the one before it. */
export const ACCUMULATORS_OF: Readonly<Record<FigureView, string>> = {
  provisional: 'n.accumulators',
  approved: 'coalesce(n.approved_accumulators, n.accumulators)',
  signed: 'coalesce(n.signed_accumulators, n.signable_accumulators, n.accumulators)',
};
