/** What the signed-in person agrees to. */

import { useQuery, useQueryClient } from '@tanstack/react-query'
import type { ConsentState, OwnConsent } from '@/api/types'
import { api, ApiError, data } from '@/lib/http'

export type Purpose = ConsentState['purpose']
export type Wish = Partial<Record<Purpose, boolean>>

const KEY = ['consent']

/** Null for the operator, who is nobody's customer. */
export function useConsent(person: string | null) {
  return useQuery({ queryKey: KEY, queryFn: ({ signal }) => data(api.GET('/api/v1/me/consent', { signal })), enabled: person !== null, staleTime: 60_000 })
}

/** Says yes or no, having seen the text of this version; what holds then comes back and is shown everywhere. Where the text is another by now, it comes. */
export function useSay(): (wish: Wish, version: string) => Promise<OwnConsent> {
  const queries = useQueryClient()
  return async (wish, version) => {
    try {
      const now = await data(api.PUT('/api/v1/me/consent', { body: { purposes: wish, version } }))
      queries.setQueryData(KEY, now)
      void queries.invalidateQueries({ queryKey: ['answers'] })
      return now
    } catch (error) {
      if (error instanceof ApiError && error.status === 409) void queries.invalidateQueries({ queryKey: KEY })
      throw error
    }
  }
}
