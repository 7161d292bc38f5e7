/** Prices as columns in, what one reads from them out: cheapest stretches, hours, days. Instants are seconds since 1970. */

import type { Column } from '@/chart'
import { clockOf, midnight } from '@/lib/berlin'

const HOUR = 3600
const PEAK_HOURS = [8, 20] as const

export interface Prices {
  /** Begin of each interval, ascending. */
  ts: number[]
  values: Column
  seconds: number
}

export interface Stretch {
  from: number
  to: number
  mean: number
}

/** The interval that an instant lies in. */
export function priceAt(prices: Prices, at: number): number | null {
  const row = prices.ts.findIndex((begin) => begin <= at && at < begin + prices.seconds)
  return row < 0 ? null : (prices.values[row] ?? null)
}

/** What is spent evenly from an interval's begin for `length` seconds, its last interval perhaps in part; null where a price is not known. */
function stretchFrom(prices: Prices, row: number, length: number): Stretch | null {
  const { ts, values, seconds } = prices
  const from = ts[row] ?? 0
  let sum = 0
  for (let left = length, next = row; left > 0; left -= seconds, next += 1) {
    const value = values[next]
    if (value === null || value === undefined || ts[next] !== from + (next - row) * seconds) return null
    sum += value * Math.min(left, seconds)
  }
  return { from, to: from + length, mean: sum / length }
}

/** The cheapest stretch without a break that lies in [from, to]; of equal ones the earliest. Null where none is known as a whole. */
export function cheapest(prices: Prices, length: number, from = -Infinity, to = Infinity): Stretch | null {
  if (!(length > 0)) return null
  let best: Stretch | null = null
  prices.ts.forEach((at, row) => {
    if (at < from || at + length > to) return
    const found = stretchFrom(prices, row, length)
    if (found && (best === null || found.mean < best.mean - 1e-9)) best = found
  })
  return best
}

/** Means of whole hours, each in the place of its parts; hours that are not known as a whole are null, longer intervals stay as they are. */
export function hourly(prices: Prices): Prices {
  if (prices.seconds >= HOUR) return prices
  const parts = HOUR / prices.seconds
  const sums = new Map<number, { sum: number; known: number }>()
  prices.ts.forEach((at, row) => {
    const hour = Math.floor(at / HOUR) * HOUR
    const entry = sums.get(hour) ?? { sum: 0, known: 0 }
    const value = prices.values[row]
    if (value !== null && value !== undefined) {
      entry.sum += value
      entry.known += 1
    }
    sums.set(hour, entry)
  })
  return { ts: [...sums.keys()], values: [...sums.values()].map(({ sum, known }) => (known === parts ? sum / parts : null)), seconds: HOUR }
}

/** Those that begin in [from, to). */
export function cut(prices: Prices, from: number, to: number): Prices {
  const rows = prices.ts.map((at, row) => ({ at, row })).filter(({ at }) => at >= from && at < to)
  return { ts: rows.map(({ at }) => at), values: rows.map(({ row }) => prices.values[row] ?? null), seconds: prices.seconds }
}

export function mean(prices: Prices): number | null {
  const known = prices.values.filter((value): value is number => value !== null)
  return known.length ? known.reduce((sum, value) => sum + value, 0) / known.length : null
}

export interface DayFacts {
  from: number
  to: number
  /** Whether every hour of the day has a price. */
  whole: boolean
  base: number | null
  /** Null also on Saturdays and Sundays, which have none. */
  peak: number | null
  weekend: boolean
  cheap: Stretch | null
  dear: Stretch | null
}

/** A local day, named by any instant of it. BASE and PEAK are said of days that are known as a whole, as the API says them. */
export function dayFacts(prices: Prices, at: number): DayFacts {
  const [from, to] = [midnight(at), midnight(at, 1)]
  const day = cut(prices, from, to)
  const hours = hourly(day)
  const whole = hours.values.filter((value) => value !== null).length * hours.seconds === to - from
  const weekend = [0, 6].includes(clockOf(from).getUTCDay())
  const [first, last] = PEAK_HOURS.map((hour) => to - (24 - hour) * HOUR) as [number, number]
  const cheap = cheapest(hours, hours.seconds)
  const turned = cheapest({ ...hours, values: hours.values.map((value) => (value === null ? null : -value)) }, hours.seconds)
  return {
    from,
    to,
    whole,
    base: whole ? mean(hours) : null,
    peak: whole && !weekend ? mean(cut(hours, first, last)) : null,
    weekend,
    cheap,
    dear: turned ? { ...turned, mean: -turned.mean } : null,
  }
}

/** How many hours cost less than nothing, how many are known, by hourly means. */
export function belowZero(prices: Prices): { hours: number; known: number } {
  const each = hourly(prices)
  const known = each.values.filter((value): value is number => value !== null)
  const size = each.seconds / HOUR
  return { hours: known.filter((value) => value < 0).length * size, known: known.length * size }
}
