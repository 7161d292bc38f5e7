/** The state of the page of people as it stands in the address. */

import type { AccountState, PersonRole } from '@/api/types'

export const STATES = ['invited', 'active', 'left'] as const satisfies readonly AccountState[]
export const PERSON_ROLES = ['customer', 'employee', 'reviewer', 'engineer', 'auditor', 'admin'] as const satisfies readonly PersonRole[]

export const PARTS = ['bestaetigungen', 'rollen'] as const

export interface PeopleSearch {
  teil?: 'bestaetigungen' | 'rollen'
  suche?: string
  stand?: AccountState
  rolle?: PersonRole
  seite?: number
}

export type OnSearch = (next: Partial<PeopleSearch>) => void

/** What an address may say; anything else is left out. */
export function readPeopleSearch(raw: Record<string, unknown>): PeopleSearch {
  const page = Number(raw.seite)
  const search: PeopleSearch = {
    teil: PARTS.find((part) => part === raw.teil),
    suche: typeof raw.suche === 'string' && raw.suche ? raw.suche.slice(0, 200) : typeof raw.suche === 'number' ? String(raw.suche) : undefined,
    stand: STATES.find((one) => one === raw.stand),
    rolle: PERSON_ROLES.find((one) => one === raw.rolle),
    seite: Number.isInteger(page) && page > 1 && page < 100_000 ? page : undefined,
  }
  return Object.fromEntries(Object.entries(search).filter(([, value]) => value !== undefined)) as PeopleSearch
}
