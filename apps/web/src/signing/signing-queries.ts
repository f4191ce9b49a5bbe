import type { SigningView } from '@mach/contracts';
import type { UseQueryOptions } from '@tanstack/react-query';
import { rollupPath, type RollupAddress } from '../api/queries';
import { request } from '../api/request';

export const signaturesPath = (address: RollupAddress): string => `${rollupPath(address)}/signatures`;

/**
 * What there is to sign, and what was signed. It is not read again by itself: what stands on the screen is what is
 * signed, and the server says when it has changed.
 */
export const signingQuery = (
  address: RollupAddress,
): UseQueryOptions<SigningView, Error, SigningView, readonly string[]> => ({
  queryKey: ['signing', address.requirement, address.period, address.unit],
  queryFn: ({ signal }) => request<SigningView>(signaturesPath(address), { signal }),
  staleTime: Infinity,
  gcTime: 0,
});
