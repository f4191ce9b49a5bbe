import { useQuery } from '@tanstack/react-query';
import { sessionQuery } from '../api/queries';

/** Whether whoever is signed in administers; the server decides again with every request. */
export function useAdministrator(): boolean {
  return useQuery(sessionQuery).data?.role === 'administrator';
}
