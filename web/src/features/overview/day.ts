/** Figures and load curves of one or several meters in, one day's numbers and one curve out. */

import type { EnergyFigure, Meter, MeterSeries } from '@/api/types'
import type { Column } from '@/chart'

const QUARTER = 900
/** Below this share of a day its sum is one of a part only. */
export const KNOWN = 0.95

export interface Cost {
  value: number
  /** By the tariff, fixed or with the spot price, or at the spot price alone where no tariff is known. */
  kind: 'fixed' | 'spot' | 'market'
}

export interface DayFigures {
  /** kWh. */
  energy: number | null
  /** Share of the day that is known, of several meters their mean. */
  covered: number
  /** How many meters are not known of nearly all the day. */
  lacking: number
  /** The highest quarter-hour; of several meters it is found in their sum. */
  peak: { value: number; at: number } | null
  /** kWh. */
  production: number | null
  /** Share of the production that was used at once. */
  ownUse: number | null
  cost: Cost | null
}

type Named = ReadonlyMap<string, EnergyFigure>

/** Each meter's figures of the same day, summed where sums make sense. */
export function dayOf(meters: EnergyFigure[][]): DayFigures {
  const named = meters.map((list): Named => new Map(list.map((one) => [one.name, one])))
  const single = named.length === 1 ? named[0]?.get('quarter_peak') : undefined
  const production = sum(named, 'production')
  return {
    energy: sum(named, 'energy'),
    covered: named.length === 0 ? 0 : named.reduce((total, one) => total + (one.get('energy')?.covered ?? 0), 0) / named.length,
    lacking: named.filter((one) => (one.get('energy')?.covered ?? 0) < KNOWN).length,
    peak: single?.value === null || single?.value === undefined || single.at === null ? null : { value: single.value, at: single.at },
    production,
    ownUse: production ? named.reduce((used, one) => used + value(one, 'production') * value(one, 'self_consumption'), 0) / production : null,
    cost: costOf(named),
  }
}

function value(one: Named, name: string): number {
  return one.get(name)?.value ?? 0
}

function sum(meters: Named[], name: string): number | null {
  const known = meters.map((one) => one.get(name)?.value ?? null).filter((one) => one !== null)
  return known.length === 0 ? null : known.reduce((total, one) => total + one, 0)
}

/** All meters in the same way: by tariff where each has one, else what the energy cost at the spot price. */
function costOf(meters: Named[]): Cost | null {
  for (const [name, kind] of [['cost_fixed', 'fixed'], ['cost_spot', 'spot']] as const) {
    if (meters.length > 0 && meters.every((one) => one.get(name)?.value !== null && one.has(name))) return { value: sum(meters, name) ?? 0, kind }
  }
  const paid = meters.filter((one) => one.get('paid_price')?.value !== null && one.has('paid_price') && value(one, 'production') === 0)
  if (paid.length === 0 || paid.length < meters.length) return null
  return { value: paid.reduce((total, one) => total + (value(one, 'paid_price') * value(one, 'energy')) / 1000, 0), kind: 'market' }
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

/** The greatest value of a curve and when its interval began. */
export function peakOf({ ts, consumption }: Curve): { value: number; at: number } | null {
  let best: { value: number; at: number } | null = null
  consumption.forEach((one, row) => {
    if (one !== null && (best === null || one > best.value)) best = { value: one, at: ts[row] ?? 0 }
  })
  return best
}

/** So many meters at most are summed: each costs a few calls. */
const MOST = 12
/** Whose readings are part of others' already. */
const INSIDE: ReadonlySet<Meter['kind']> = new Set(['grid'])

export const ALL = 'alle'

export function summable(meters: Meter[]): Meter[] {
  const found = reporting(meters).filter((meter) => !INSIDE.has(meter.kind))
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
