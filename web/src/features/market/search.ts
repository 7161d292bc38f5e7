/** The state of the page as it stands in the address. */

import { readRangeSearch, type RangeSearch } from '@/series'

export const WINDOWS = [1, 2, 3, 4, 5, 6] as const
export type WindowHours = (typeof WINDOWS)[number]
export const USUAL_WINDOW: WindowHours = 3

export interface MarketSearch extends RangeSearch {
  markt?: string
  produkt?: string
  zone?: string
  /** ct/kWh instead of EUR/MWh. */
  einheit?: 'ct'
  /** Hours of the cheapest window; three without it. */
  fenster?: WindowHours
  /** The figures of tomorrow instead of today's. */
  tag?: 'morgen'
  /** A meter whose load lies over the prices. */
  zaehler?: string
}

const NAMED = /^[A-Za-z0-9][A-Za-z0-9 ._/:+-]{0,63}$/
const METER = /^[A-Za-z0-9][A-Za-z0-9._:-]{0,63}$/

export function readMarketSearch(raw: Record<string, unknown>): MarketSearch {
  const [markt, produkt, zone, zaehler] = [text(raw.markt, NAMED), text(raw.produkt, NAMED), text(raw.zone, NAMED), text(raw.zaehler, METER)]
  const fenster = WINDOWS.find((hours) => hours === Number(raw.fenster))
  return {
    ...readRangeSearch(raw),
    ...(markt ? { markt } : {}),
    ...(produkt ? { produkt } : {}),
    ...(zone ? { zone } : {}),
    ...(zaehler ? { zaehler } : {}),
    ...(raw.einheit === 'ct' ? { einheit: 'ct' as const } : {}),
    ...(raw.tag === 'morgen' ? { tag: 'morgen' as const } : {}),
    ...(fenster && fenster !== USUAL_WINDOW ? { fenster } : {}),
  }
}

/** Names such as 2026 come out of an address as numbers. */
function text(value: unknown, shape: RegExp): string | undefined {
  const found = typeof value === 'number' ? String(value) : value
  return typeof found === 'string' && shape.test(found) ? found : undefined
}

/** What changes in the address; undefined takes it out. */
export type SearchChange = Partial<{ [key in keyof MarketSearch]: MarketSearch[key] | undefined }>
