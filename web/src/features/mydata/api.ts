/** Calls of one's own rights. */

import { useQuery } from '@tanstack/react-query'
import { api, data, path } from '@/lib/http'

/** One's own erasure that is asked for and not done; without a state there is none. */
export function useOwnErasure() {
  return useQuery({
    queryKey: ['own-erasure'],
    queryFn: ({ signal }) => data(api.GET('/api/v1/me/erasure', { signal })),
    refetchInterval: ({ state }) => (state.data?.state ? 15_000 : false),
  })
}

/** What the signed-in person keeps and may keep, and what is left of this minute's processor time. */
export function useOwnQuota() {
  return useQuery({ queryKey: ['own-quota'], queryFn: ({ signal }) => data(api.GET('/api/v1/me/quota', { signal })), refetchInterval: 15_000 })
}

/** Where the browser fetches all that is kept of the signed-in person. */
export function exportAddress(form: 'json' | 'zip'): string {
  return path(`/me/data?format=${form}`)
}

export function object(): Promise<{ agreed: string[] }> {
  return data(api.POST('/api/v1/me/objection'))
}

/** Starts the erasure of the signed-in person: a word comes and is sent back. The receipt's number; whoever gets none was not erased. */
export async function eraseMyself(): Promise<string> {
  const { confirm } = await data(api.DELETE('/api/v1/me', { params: { query: {} } }))
  if (!confirm) throw NOT_STARTED
  const { erasure_id: receipt } = await data(api.DELETE('/api/v1/me', { params: { query: { confirm } } }))
  if (!receipt) throw NOT_STARTED
  return receipt
}

const NOT_STARTED = new Error('Die Löschung hat nicht begonnen: Nova hat sie nicht bestätigt. Versuchen Sie es erneut, oder wenden Sie sich an die Verwaltung.')
