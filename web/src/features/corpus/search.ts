/** The state of the Korpus table as it stands in the address. */

import type { ItemKind, ItemStatus } from '@/api/types'
import { ITEM_KINDS, ITEM_STATUSES } from '@/lib/words'

export const PAGE_SIZE = 50

export const SORTS = ['created_at', 'title', 'chunks', 'status'] as const
export type Sort = (typeof SORTS)[number]

export interface CorpusSearch {
  suche?: string
  tag?: string
  art?: ItemKind
  status?: ItemStatus
  sort?: Sort
  order?: 'asc' | 'desc'
  seite?: number
  dokument?: string
}

const text = (value: unknown): string | undefined => (typeof value === 'string' && value.trim() ? value : typeof value === 'number' ? String(value) : undefined)

/** What an address may say; anything else is left out. */
export function readCorpusSearch(raw: Record<string, unknown>): CorpusSearch {
  const page = Number(raw.seite)
  const sort = SORTS.find((name) => name === raw.sort)
  const order = raw.order === 'asc' || raw.order === 'desc' ? raw.order : undefined
  const search: CorpusSearch = {
    suche: text(raw.suche),
    tag: text(raw.tag),
    art: ITEM_KINDS.find((kind) => kind === raw.art),
    status: ITEM_STATUSES.find((state) => state === raw.status),
    sort,
    order,
    seite: Number.isInteger(page) && page > 1 ? page : undefined,
    dokument: text(raw.dokument),
  }
  return Object.fromEntries(Object.entries(search).filter(([, value]) => value !== undefined)) as CorpusSearch
}

/** The next sort when a column's head is pressed: first down (titles up), then the other way. */
export function nextSort(search: CorpusSearch, column: Sort): Pick<CorpusSearch, 'sort' | 'order'> {
  const first = column === 'title' ? 'asc' : 'desc'
  if ((search.sort ?? 'created_at') !== column) return { sort: column, order: first }
  return { sort: column, order: (search.order ?? 'desc') === 'asc' ? 'desc' : 'asc' }
}

export function isFiltered(search: CorpusSearch): boolean {
  return Boolean(search.suche || search.tag || search.art || search.status)
}
