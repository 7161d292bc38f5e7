/** The state of the page as it stands in the address. */

import type { RecommendationState } from '@/api/types'

export type Past = Exclude<RecommendationState, 'open'>

export const PASTS: Past[] = ['taken', 'later', 'declined', 'past']

const WORDS = { uebernommen: 'taken', spaeter: 'later', passt_nicht: 'declined', abgelaufen: 'past' } as const
export type PastWord = keyof typeof WORDS

export interface AdviceSearch {
  /** The recommendation whose reasons are open. */
  empfehlung?: string
  /** Which decided ones are listed; all without it. */
  verlauf?: PastWord
  zaehler?: string
  /** The meter whose day is planned. */
  fahrplan?: string
}

const METER = /^[A-Za-z0-9][A-Za-z0-9._:-]{0,63}$/
const ID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

function meter(value: unknown): string | undefined {
  const text = typeof value === 'number' ? String(value) : value
  return typeof text === 'string' && METER.test(text) ? text : undefined
}

export function readAdviceSearch(raw: Record<string, unknown>): AdviceSearch {
  const search = {
    empfehlung: typeof raw.empfehlung === 'string' && ID.test(raw.empfehlung) ? raw.empfehlung : undefined,
    verlauf: typeof raw.verlauf === 'string' && raw.verlauf in WORDS ? (raw.verlauf as PastWord) : undefined,
    zaehler: meter(raw.zaehler),
    fahrplan: meter(raw.fahrplan),
  }
  return Object.fromEntries(Object.entries(search).filter(([, value]) => value !== undefined)) as AdviceSearch
}

export function statesOf(word: PastWord | undefined): Past[] {
  return word ? [WORDS[word]] : PASTS
}
