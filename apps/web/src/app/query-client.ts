import { QueryCache, QueryClient } from '@tanstack/react-query';
import { sessionQuery } from '../api/queries';
import { RefusedError } from '../api/request';

/**
 * `networkMode: 'always'`: the browser's own idea of being online is often wrong on an office network; we
 * simply ask.
 * A refusal is an answer and is not asked again; a missing answer is retried twice.
 */
export function createQueryClient(onSignedOut: () => void): QueryClient {
  const client: QueryClient = new QueryClient({
    queryCache: new QueryCache({
      onError: (error) => {
        if (error instanceof RefusedError && error.status === 401) {
          client.setQueryData(sessionQuery.queryKey, null);
          onSignedOut();
        }
      },
    }),
    defaultOptions: {
      queries: {
        networkMode: 'always',
        retry: (count, error) => !(error instanceof RefusedError) && count < 2,
        retryDelay: (attempt) => 600 * 2 ** attempt,
      },
      mutations: { networkMode: 'always', retry: false },
    },
  });
  return client;
}
