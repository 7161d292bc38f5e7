/** Prices as columns in, the cheapest stretch of time out. */

export interface Stretch {
  from: number
  to: number
  /** Mean of its prices. */
  mean: number
}

interface Priced {
  ts: number[]
  values: (number | null)[]
  /** Length of an interval. */
  seconds: number
}

/** The cheapest unbroken stretch of so many seconds whose intervals begin in [from, to); the earliest of equal ones, null where none is known in full. */
export function cheapest({ ts, values, seconds }: Priced, from: number, to: number, length = 3 * 3600): Stretch | null {
  const wide = Math.max(1, Math.round(length / seconds))
  let best: Stretch | null = null
  for (let row = 0; row + wide <= ts.length; row += 1) {
    const begin = ts[row] ?? 0
    const end = (ts[row + wide - 1] ?? 0) + seconds
    if (begin < from || end > to || end - begin !== wide * seconds) continue
    const part = values.slice(row, row + wide)
    if (part.includes(null)) continue
    const mean = part.reduce<number>((sum, value) => sum + (value ?? 0), 0) / wide
    if (best === null || mean < best.mean - 1e-9) best = { from: begin, to: end, mean }
  }
  return best
}

/** The price of the interval that an instant lies in. */
export function priceAt({ ts, values, seconds }: Priced, at: number): number | null {
  const row = ts.findLastIndex((begin) => begin <= at)
  const begin = ts[row]
  return begin === undefined || at >= begin + seconds ? null : (values[row] ?? null)
}
