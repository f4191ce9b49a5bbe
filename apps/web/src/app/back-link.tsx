import { Link, useLocation, useRouter } from '@tanstack/react-router';
import type { ReactNode } from 'react';

declare module '@tanstack/react-router' {
  interface HistoryState {
    /** The list from which a report was opened, with its filters. */
    from?: string;
  }
}

const LABELS = { '/bao-cao': 'Báo cáo của tôi', '/theo-doi': 'Theo dõi', '/don-doc': 'Đôn đốc' } as const;
type List = keyof typeof LABELS;

/** Back to the list the person came from, as it was filtered; to `otherwise` when the page was opened directly. */
export function BackLink({
  otherwise,
  label,
}: {
  readonly otherwise: List;
  readonly label?: string;
}): ReactNode {
  const router = useRouter();
  const from = useLocation({ select: ({ state }) => state.from });
  const list = listOf(from) ?? otherwise;
  return (
    <Link
      to={list}
      onClick={(event) => {
        if (from === undefined) return;
        event.preventDefault();
        void router.navigate({ href: from });
      }}
    >
      {label ?? LABELS[list]}
    </Link>
  );
}

function listOf(href: string | undefined): List | null {
  return (Object.keys(LABELS) as List[]).find((list) => href?.startsWith(list) === true) ?? null;
}
