/** Lines of two units in, bounds out with which both axes have their zero at the same height and their ticks beside each other. */

import type { Line } from './picture'

export interface Bounds {
  min: number
  max: number
  interval: number
}

/** How many steps there may be above and below zero. */
const ABOVE = [0, 1, 2, 3, 4, 5]
const BELOW = [0, 1, 2, 3, 4, 5]
const FEWEST = 3
const MOST = 6

/** A step of 1, 2, 2.5, 3 or 5 times a power of ten that is no less than wanted. */
export function niceStep(wanted: number): number {
  if (!(wanted > 0) || !Number.isFinite(wanted)) return 1
  const power = 10 ** Math.floor(Math.log10(wanted))
  const step = [1, 2, 2.5, 3, 5, 10].find((one) => one * power >= wanted * (1 - 1e-9)) ?? 10
  return Number((step * power).toPrecision(6))
}

/** The least and the greatest of all values and their bands, with zero between them. */
export function extent(lines: Line[]): [number, number] {
  let [low, high] = [0, 0]
  for (const line of lines)
    for (const column of [line.values, line.band?.min, line.band?.max])
      for (const value of column ?? []) {
        if (value === null || !Number.isFinite(value)) continue
        if (value < low) low = value
        if (value > high) high = value
      }
  return [low, high]
}

function stepFor([low, high]: [number, number], above: number, below: number): number | null {
  if ((above === 0 && high > 0) || (below === 0 && low < 0)) return null
  return niceStep(Math.max(above === 0 ? 0 : high / above, below === 0 ? 0 : -low / below))
}

/** One bounds for each extent; the split that leaves the least room empty. */
export function aligned(extents: [number, number][]): Bounds[] {
  let best: { waste: number; bounds: Bounds[] } | null = null
  for (const above of ABOVE)
    for (const below of BELOW) {
      if (above + below < FEWEST || above + below > MOST) continue
      const steps = extents.map((one) => stepFor(one, above, below))
      if (steps.some((step) => step === null)) continue
      const bounds = steps.map((step) => ({ min: below === 0 ? 0 : -below * (step ?? 1), max: above * (step ?? 1), interval: step ?? 1 }))
      const waste = bounds.reduce((sum, { min, max }, index) => {
        const [low, high] = extents[index] ?? [0, 0]
        return high > low ? sum + (max - min) / (high - low) : sum
      }, 0)
      if (best === null || waste < best.waste - 1e-9) best = { waste, bounds }
    }
  return best?.bounds ?? extents.map(() => ({ min: 0, max: 1, interval: 0.25 }))
}
