/** Calls of one's own rights. */

import { api, data, path } from '@/lib/http'

/** Where the browser fetches all that is kept of the signed-in person. */
export function exportAddress(form: 'json' | 'zip'): string {
  return path(`/me/data?format=${form}`)
}

export function object(): Promise<{ agreed: string[] }> {
  return data(api.POST('/api/v1/me/objection'))
}

/** Without `confirm` nothing is erased: the word to send back comes. */
export function erase(confirm?: string): Promise<{ confirm?: string | null; erasure_id?: string | null }> {
  return data(api.DELETE('/api/v1/me', { params: { query: confirm ? { confirm } : {} } }))
}
