import type { Indicator } from '@mach/domain';
import type { ReactNode } from 'react';
import { useLineagePlace } from './use-lineage-place';

/** Opens where a figure of the node comes from. */
export function WhyButton({ indicator }: { readonly indicator: Indicator }): ReactNode {
  const [, go] = useLineagePlace();
  // A date that is not taken together has no parts.
  if (indicator.type === 'date' && indicator.aggregation.kind === 'none') return null;
  return (
    <button
      type="button"
      className="why"
      aria-haspopup="dialog"
      aria-label={`Vì sao con số này: ${indicator.label}`}
      data-testid={`why-${indicator.code}`}
      onClick={() => {
        go({ indicator: indicator.code, unit: null, receipt: null });
      }}
    >
      Vì sao?
    </button>
  );
}
