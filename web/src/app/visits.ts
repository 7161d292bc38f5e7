/** The pages that were opened in this tab, oldest first; kept nowhere but here, and told to Nova by those who agreed to profiles. */

import { api, data } from '@/lib/http'
import { pageOf } from './nav'

export interface Visit {
  ts: string
  route: string
}

const MOST = 20
const session = newName()
let opened: Visit[] = []

export function visits(): Visit[] {
  return opened
}

/** Notes that a page was opened; the same again is no visit. `user` null: whoever did not agree to profiles, or is nobody. */
export function noteVisit(path: string, user: string | null): void {
  const route = pageOf(path)
  if (!route || opened.at(-1)?.route === route) return
  const visit = { ts: new Date().toISOString(), route }
  opened = [...opened, visit].slice(-MOST)
  if (!user) return
  const event = { user_id: user, type: 'view' as const, ts: visit.ts, meta: { route, session } }
  data(api.POST('/api/v1/events', { body: event })).catch(() => undefined)
}

/** A UUID, also where the page came over plain HTTP, in which browsers give none. */
function newName(): string {
  const hex = Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join('')
  return [hex.slice(0, 8), hex.slice(8, 12), `4${hex.slice(13, 16)}`, `a${hex.slice(17, 20)}`, hex.slice(20)].join('-')
}
