/** What is to be charged and prices in, when it is cheapest out. Prices EUR/MWh, energy kWh, power kW. */

import { instant, clockOf } from '@/lib/berlin'
import { cheapest, cut, mean, type Prices, type Stretch } from '@/series'

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

/** The cheapest unbroken time at even power from now on, and what the same energy costs at the mean price of all that time. */
export function planOf(prices: Prices, wish: Wish, now: number): Plan {
  const length = (wish.kwh / wish.kw) * 3600
  const hours = length / 3600
  const start = Math.ceil(now / prices.seconds) * prices.seconds
  const by = nextClock(now, wish.by)
  const ahead = cut(prices, start, by ?? Infinity)
  const known = ahead.values.filter((value) => value !== null).length * prices.seconds
  if (by !== null && start + length > by) return { kind: 'late', hours, by }
  const stretch = cheapest(ahead, length, start, by ?? Infinity)
  const usual = mean(ahead)
  if (stretch && usual !== null) {
    const until = Math.min(by ?? Infinity, (ahead.ts.at(-1) ?? start) + prices.seconds)
    return { kind: 'found', stretch, hours, cost: (stretch.mean * wish.kwh) / 1000, usual: (usual * wish.kwh) / 1000, until }
  }
  return known > 0 ? { kind: 'short', hours, known: known / 3600 } : { kind: 'none' }
}
