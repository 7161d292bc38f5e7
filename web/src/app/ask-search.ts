/** The state of the Fragen page as it stands in the address. */

import type { ItemKind } from '@/api/types'
import { ITEM_KINDS } from '@/lib/words'

export interface AskSearch {
  frage?: string
  antwort?: string
  tag?: string
  art?: ItemKind
  stand?: string
}

const text = (value: unknown): string | undefined => (typeof value === 'string' && value.trim() ? value : typeof value === 'number' ? String(value) : undefined)

/** What an address may say; anything else is left out. */
export function readAskSearch(raw: Record<string, unknown>): AskSearch {
  const stand = text(raw.stand)
  const search: AskSearch = {
    frage: text(raw.frage),
    antwort: text(raw.antwort),
    tag: text(raw.tag),
    art: ITEM_KINDS.find((kind) => kind === raw.art),
    stand: stand && /^\d{4}-\d{2}-\d{2}$/.test(stand) ? stand : undefined,
  }
  return Object.fromEntries(Object.entries(search).filter(([, value]) => value !== undefined)) as AskSearch
}
