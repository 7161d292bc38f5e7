/** What is to be charged and prices in, when it is cheapest out. Prices EUR/MWh, energy kWh, power kW. */

import { instant, clockOf } from '@/lib/berlin'
import type { PriceFigures } from '@/api/types'
import { stretchOf, type Stretch } from '@/series'

export interface Wish {
  kwh: number
  kw: number
  /** HH:MM by which it must be done; empty for whenever. */
  by: string
}

export type Plan =
  | { kind: 'found'; stretch: Stretch; hours: number; cost: number; usual: number; until: number }
  /** Prices are known for fewer seconds than it takes. */
  | { kind: 'short'; hours: number; known: number }
  /** It would be done later than it must. */
  | { kind: 'late'; hours: number; by: number }
  | { kind: 'none' }

const MOST = 1_000_000
const QUARTER = 900

/** German or plain number above nothing; null for anything else. */
export function amount(text: string): number | null {
  const value = Number(text.trim().replace(',', '.'))
  return text.trim() !== '' && Number.isFinite(value) && value > 0 && value <= MOST ? value : null
}

/** The next time after `now` that a clock shows HH:MM; null for no time. */
export function nextClock(now: number, text: string): number | null {
  const found = /^([01]\d|2[0-3]):([0-5]\d)$/.exec(text)
  if (!found) return null
  const clock = clockOf(now)
  const at = (later: number): number => instant(clock.getUTCFullYear(), clock.getUTCMonth(), clock.getUTCDate() + later, Number(found[1]), Number(found[2]))
  return at(0) > now ? at(0) : at(1)
}

/** What to ask the API for: so many hours at a stretch from now on, up to when it must be done or prices are known. */
export function wanted(wish: Wish, now: number, until: number): { hours: number; from: number; to: number; by: number | null } {
  const by = nextClock(now, wish.by)
  const from = Math.floor(now / QUARTER) * QUARTER
  return { hours: wish.kwh / wish.kw, from, to: Math.max(by ?? until, from + QUARTER), by }
}

/** The cheapest unbroken time at even power, as the API found it, and what the same energy costs at the mean price of all that time. */
export function planOf(found: PriceFigures | null, wish: Wish, now: number): Plan {
  const hours = wish.kwh / wish.kw
  const by = nextClock(now, wish.by)
  if (by !== null && now + hours * 3600 > by) return { kind: 'late', hours, by }
  if (!found) return { kind: 'none' }
  const stretch = stretchOf(found.cheapest)
  if (stretch && found.base !== null) return { kind: 'found', stretch, hours, cost: (stretch.mean * wish.kwh) / 1000, usual: (found.base * wish.kwh) / 1000, until: found.end }
  return found.known_h > 0 ? { kind: 'short', hours, known: found.known_h } : { kind: 'none' }
}
