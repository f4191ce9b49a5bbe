import type { SessionView } from '@mach/contracts';
import type { QueryClient } from '@tanstack/react-query';
import {
  createRootRouteWithContext,
  createRoute,
  createRouter,
  lazyRouteComponent,
  redirect,
} from '@tanstack/react-router';
import { sessionQuery } from '../api/queries';
import { FaultMain, FaultPage, NotFoundPage, WaitingPage } from './edge-pages';
import { homeOf } from './home';
import {
  readComparisonSearch,
  readFormSearch,
  readIndicatorsSearch,
  readLedgerSearch,
  readNodeSearch,
  readReportsSearch,
  readReviewSearch,
} from './search-params';
import { Shell } from './shell';

interface Context {
  readonly queryClient: QueryClient;
}

const rootRoute = createRootRouteWithContext<Context>()({ notFoundComponent: NotFoundPage });

const signInRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/dang-nhap',
  validateSearch: (search: Record<string, unknown>): { next?: string } => {
    const next = search['next'];
    return typeof next === 'string' && /^\/(?![/\\])/.test(next) ? { next } : {};
  },
  component: lazyRouteComponent(() => import('../session/sign-in.page'), 'SignInPage'),
});

/** Leaves for the sign-in page; `next` is where to come back to. */
function goSignIn(next: string | null): never {
  redirect({ to: '/dang-nhap', search: next === null ? {} : { next }, replace: true, throw: true });
  throw new Error('a redirect leaves the page');
}

const signedInRoute = createRoute({
  getParentRoute: () => rootRoute,
  id: 'signed-in',
  beforeLoad: async ({ context, location }) => {
    const session = await context.queryClient.query({ ...sessionQuery, staleTime: 'static' });
    return { session: session ?? goSignIn(location.pathname === '/' ? null : location.href) };
  },
  component: Shell,
  errorComponent: FaultMain,
});

const homeRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/',
  beforeLoad: ({ context }) => {
    redirect({ to: homeOf(context.session.role), replace: true, throw: true });
  },
});

const watchRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/theo-doi',
  component: lazyRouteComponent(() => import('../watch/watch.page'), 'WatchPage'),
});

const nodeRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/theo-doi/$requirement/$period/$unit',
  validateSearch: readNodeSearch,
  component: lazyRouteComponent(() => import('../watch/node.page'), 'NodePage'),
});

const comparisonRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/theo-doi/$requirement/$period/$unit/so-sanh',
  validateSearch: readComparisonSearch,
  component: lazyRouteComponent(() => import('../watch/comparison.page'), 'ComparisonPage'),
});

const signingRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/ky/$requirement/$period/$unit',
  component: lazyRouteComponent(() => import('../signing/signing.page'), 'SigningPage'),
});

const myReportsRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/bao-cao',
  validateSearch: readReportsSearch,
  component: lazyRouteComponent(() => import('../reports/my-reports.page'), 'MyReportsPage'),
});

const reportRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/bao-cao/$obligationId',
  component: lazyRouteComponent(() => import('../reports/report.page'), 'ReportPage'),
});

const reviewRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/duyet',
  validateSearch: readReviewSearch,
  component: lazyRouteComponent(() => import('../reviews/review.page'), 'ReviewPage'),
});

const ledgerRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/don-doc',
  validateSearch: readLedgerSearch,
  component: lazyRouteComponent(() => import('../notices/ledger.page'), 'LedgerPage'),
});

const indicatorsRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/chi-tieu',
  validateSearch: readIndicatorsSearch,
  component: lazyRouteComponent(() => import('../catalogue/indicators.page'), 'IndicatorsPage'),
});

const indicatorRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/chi-tieu/$code',
  component: lazyRouteComponent(() => import('../catalogue/indicator.page'), 'IndicatorPage'),
});

/** Whoever does not administer is led to where their own work begins. */
const administratorOnly = ({ context }: { readonly context: { readonly session: SessionView } }): void => {
  if (context.session.role !== 'administrator')
    redirect({ to: homeOf(context.session.role), replace: true, throw: true });
};

const newIndicatorRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/chi-tieu/them-moi',
  beforeLoad: administratorOnly,
  component: lazyRouteComponent(() => import('../administration/indicator-edit.page'), 'NewIndicatorPage'),
});

const indicatorEditRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/chi-tieu/$code/sua',
  beforeLoad: administratorOnly,
  component: lazyRouteComponent(() => import('../administration/indicator-edit.page'), 'IndicatorEditPage'),
});

const formPublishRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/bieu-mau/$code/phien-ban-moi',
  beforeLoad: administratorOnly,
  component: lazyRouteComponent(() => import('../administration/form-publish.page'), 'FormPublishPage'),
});

const formsRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/bieu-mau',
  component: lazyRouteComponent(() => import('../catalogue/forms.page'), 'FormsPage'),
});

const formRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/bieu-mau/$code',
  validateSearch: readFormSearch,
  component: lazyRouteComponent(() => import('../catalogue/form.page'), 'FormPage'),
});

const importsRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/nhap-tep',
  component: lazyRouteComponent(() => import('../imports/imports.page'), 'ImportsPage'),
});

const importRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/nhap-tep/$importId',
  component: lazyRouteComponent(() => import('../imports/import.page'), 'ImportPage'),
});

const setAsideRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/tin-de-rieng',
  component: lazyRouteComponent(() => import('../set-aside/set-aside.page'), 'SetAsidePage'),
});

const verificationsRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/kiem-tra',
  component: lazyRouteComponent(() => import('../verifications/verifications.page'), 'VerificationsPage'),
});

const routeTree = rootRoute.addChildren([
  signInRoute,
  signedInRoute.addChildren([
    homeRoute,
    watchRoute,
    nodeRoute,
    comparisonRoute,
    signingRoute,
    myReportsRoute,
    reportRoute,
    reviewRoute,
    ledgerRoute,
    importsRoute,
    importRoute,
    setAsideRoute,
    verificationsRoute,
    indicatorsRoute,
    newIndicatorRoute,
    indicatorRoute,
    indicatorEditRoute,
    formsRoute,
    formRoute,
    formPublishRoute,
  ]),
]);

function build(queryClient: QueryClient) {
  return createRouter({
    routeTree,
    context: { queryClient },
    defaultPreload: 'intent',
    defaultPreloadStaleTime: 0,
    scrollRestoration: true,
    defaultPendingComponent: WaitingPage,
    defaultPendingMs: 300,
    defaultErrorComponent: FaultPage,
    defaultNotFoundComponent: NotFoundPage,
  });
}

export type AppRouter = ReturnType<typeof build>;

export function createAppRouter(queryClient: QueryClient): AppRouter {
  return build(queryClient);
}

declare module '@tanstack/react-router' {
  interface Register {
    router: AppRouter;
  }
}
