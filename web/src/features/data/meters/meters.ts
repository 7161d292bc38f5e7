/** All meters in, those that fit the address out, in its order and a page at a time. */

import type { Meter } from '@/api/types'
import { meterName } from '@/series'
import type { DataSearch, Order } from './search'

export const PAGE_SIZE = 25

const collator = new Intl.Collator('de', { numeric: true })

/** The end of the newest interval; before all times where there is none. */
export function newestEnd(meter: Pick<Meter, 'last' | 'seconds'>): number {
  return meter.last ? meter.last.ts + meter.seconds : Number.NEGATIVE_INFINITY
}

const byName = (a: Meter, b: Meter): number => collator.compare(meterName(a), meterName(b)) || collator.compare(a.meter_id, b.meter_id)
/** Meters without any value come first: they miss everything. */
const missing = (meter: Meter): number => meter.missing_s ?? Number.MAX_SAFE_INTEGER

const COMPARE: Record<Order, (a: Meter, b: Meter) => number> = {
  luecken: (a, b) => missing(b) - missing(a) || byName(a, b),
  name: byName,
  alter: (a, b) => (newestEnd(a) === newestEnd(b) ? byName(a, b) : newestEnd(a) < newestEnd(b) ? -1 : 1),
}

export function fitting(meters: Meter[], search: DataSearch): Meter[] {
  const wanted = (search.suche ?? '').trim().toLocaleLowerCase('de')
  return meters
    .filter(
      (meter) =>
        (!search.art || meter.kind === search.art) &&
        (!search.simuliert || meter.simulated === (search.simuliert === 'ja')) &&
        (!search.zugeordnet || (meter.customer !== null) === (search.zugeordnet === 'ja')) &&
        (!wanted || `${meter.title} ${meter.meter_id} ${meter.customer ?? ''}`.toLocaleLowerCase('de').includes(wanted)),
    )
    .toSorted(COMPARE[search.ordnung ?? 'luecken'])
}

/** A page of a list, and which one it is: the last where the address names a later one. */
export function pageOf<T>(rows: T[], page: number, size = PAGE_SIZE): { page: number; rows: T[] } {
  const last = Math.max(1, Math.ceil(rows.length / size))
  const at = Math.min(page, last)
  return { page: at, rows: rows.slice((at - 1) * size, at * size) }
}

/** What the whole of the meters misses: how many have gaps, how many have no value at all, and how many nobody has. */
export function summary(meters: Meter[]): { gaps: number; empty: number; alone: number } {
  const count = (which: (meter: Meter) => boolean): number => meters.filter(which).length
  return { gaps: count((meter) => (meter.missing_s ?? 0) > 0), empty: count((meter) => !meter.last), alone: count((meter) => meter.customer === null && !meter.simulated) }
}
