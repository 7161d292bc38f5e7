/** Figures of a day and load curves of one or several meters in, figures by name and one curve out. */

import type { EnergyFigure, FigureReport, Meter, MeterSeries } from '@/api/types'
import type { Column } from '@/chart'

const QUARTER = 900
/** Below this share of a day its sum is one of a part only. */
export const KNOWN = 0.95

/** Figures of a day as the API has them, by name, and what is in its costs. */
export interface DayFigures {
  named: ReadonlyMap<string, EnergyFigure>
  /** What is in the costs, in German. */
  holds: string
}

export function dayOf(report: FigureReport): DayFigures {
  return { named: new Map(report.figures.map((one) => [one.name, one])), holds: report.holds }
}

/** The figure of a name where it has a value. */
export function known(day: DayFigures | undefined, name: string): (EnergyFigure & { value: number }) | null {
  const found = day?.named.get(name)
  return found && found.value !== null ? { ...found, value: found.value } : null
}

export interface Curve {
  ts: number[]
  consumption: Column
  /** Null where no meter makes any. */
  production: Column | null
  seconds: number
}

/** The curves of meters as their sum in quarter-hours (or what is coarser); a moment counts when all meters are known of it. */
export function curveOf(meters: MeterSeries[]): Curve {
  const seconds = Math.max(QUARTER, ...meters.map((one) => one.resolution))
  const makers = meters.filter((one) => one.production !== null)
  const used = meters.map((one) => slots(one, one.columns.mean, seconds)).filter((one) => one.size > 0)
  const made = makers.map((one) => slots(one, one.production?.mean ?? [], seconds)).filter((one) => one.size > 0)
  const ts = [...new Set(used.flatMap((one) => [...one.keys()]))].toSorted((a, b) => a - b)
  return { ts, consumption: ts.map((at) => sumAt(used, at)), production: made.length === 0 ? null : ts.map((at) => sumAt(made, at)), seconds }
}

function sumAt(parts: Map<number, number>[], at: number): number | null {
  let total = 0
  for (const part of parts) {
    const one = part.get(at)
    if (one === undefined) return null
    total += one
  }
  return total
}

/** Means of slots of which at least half is known. */
function slots(series: MeterSeries, values: Column, seconds: number): Map<number, number> {
  const sums = new Map<number, { total: number; count: number }>()
  series.columns.ts.forEach((at, row) => {
    const one = values[row]
    if (one === null || one === undefined) return
    const slot = at - (at % seconds)
    const sofar = sums.get(slot) ?? { total: 0, count: 0 }
    sums.set(slot, { total: sofar.total + one, count: sofar.count + 1 })
  })
  const least = seconds / series.resolution / 2
  return new Map([...sums].filter(([, { count }]) => count >= least).map(([slot, { total, count }]) => [slot, total / count]))
}

/** So many meters at most are summed: each costs a few calls. */
const MOST = 12
export const ALL = 'alle'

export function summable(meters: Meter[]): Meter[] {
  const found = reporting(meters).filter((meter) => meter.in_sum)
  return found.length >= 2 && found.length <= MOST ? found : []
}

const FIRST: Meter['kind'][] = ['business', 'household', 'other', 'grid', 'heat_pump', 'ev', 'battery', 'pv']

/** Those that still report: none whose newest reading lies days behind the newest of all. */
function reporting(meters: Meter[]): Meter[] {
  const newest = Math.max(0, ...meters.map((meter) => meter.last?.ts ?? 0))
  return meters.filter((meter) => meter.last !== null && meter.last.ts >= newest - 2 * 86_400)
}

const usual = (some: Meter[]): Meter | undefined => some.find((meter) => meter.mine) ?? FIRST.map((kind) => some.find((meter) => meter.kind === kind)).find(Boolean)

/** The meters to show: what was chosen, else one's own, else the one that stands for the house best. */
export function chosen(meters: Meter[], wish: string): Meter[] {
  if (wish === ALL) {
    const several = summable(meters)
    if (several.length > 0) return several
  }
  const alive = reporting(meters)
  const one = meters.find((meter) => meter.meter_id === wish) ?? usual(alive) ?? usual(meters)
  return one ? [one] : []
}
