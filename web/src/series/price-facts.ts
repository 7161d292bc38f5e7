/** Prices as columns in, hours for a heat map out. What prices say in numbers comes from the API. Instants are seconds since 1970. */

import type { Column } from '@/chart'

const HOUR = 3600

export interface Prices {
  /** Begin of each interval, ascending. */
  ts: number[]
  values: Column
  seconds: number
}

/** Hours at a stretch and their mean price, EUR/MWh. */
export interface Stretch {
  from: number
  to: number
  mean: number
}

/** A stretch as the API has it; null where none is known. */
export function stretchOf(one: { start: number; end: number; mean: number } | null | undefined): Stretch | null {
  return one ? { from: one.start, to: one.end, mean: one.mean } : null
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
