/** A range in, the one before it, the jump to a meter's newest value and the question that fits out. */

import { clockOf, dayOf, midnight, offsetAt } from '@/lib/berlin'
import { formatDayAt } from '@/lib/format'
import { before, rangeOf, searchOf, shifted, type Bounds, type Range, type RangeSearch } from '@/series'

const DAY = 86_400

const wholeDays = (range: Bounds): boolean => midnight(range.from) === range.from && midnight(range.to) === range.to

/** The same length before; as many local days where these are days. */
export function periodBefore(range: Range): Range {
  return wholeDays(range) ? rangeOf(shifted(range, -1), '24h', range.from) : before(range)
}

/** Instants of an earlier period at the same clock time of this one; of an hour that came twice the first. */
export function alongside(ts: number[], then: Bounds, now: Bounds): { ts: number[]; rows: number[] } {
  const shift = now.from - then.from
  const days = Math.round(shift / DAY)
  const byClock = Math.abs(shift - days * DAY) <= 3600 && days > 0
  const found: { ts: number[]; rows: number[] } = { ts: [], rows: [] }
  ts.forEach((at, row) => {
    const moved = byClock ? at + days * DAY + offsetAt(at) - offsetAt(at + days * DAY) : at + shift
    if (moved > (found.ts.at(-1) ?? -Infinity)) {
      found.ts.push(moved)
      found.rows.push(row)
    }
  })
  return found
}

/** A range as long that ends with the newest value. */
export function upTo(last: number, seconds: number, range: Bounds): RangeSearch {
  const length = range.to - range.from
  if (length < DAY - 3600) return searchOf(last + seconds - length, last + seconds)
  const end = midnight(last, 1)
  return searchOf(midnight(end, -Math.max(1, Math.round(length / DAY))), end)
}

/** What was drawn over, in whole days where it is days, else in whole intervals and at least four of them. */
export function zoomed(from: number, to: number, seconds: number): RangeSearch {
  if (to - from >= 2 * DAY) return searchOf(nearestMidnight(from), nearestMidnight(to))
  const start = Math.floor(from / seconds) * seconds
  const end = Math.ceil(to / seconds) * seconds
  const lacking = Math.max(0, 4 - Math.round((end - start) / seconds))
  return searchOf(start - Math.ceil(lacking / 2) * seconds, end + Math.floor(lacking / 2) * seconds)
}

function nearestMidnight(at: number): number {
  const [first, next] = [midnight(at), midnight(at, 1)]
  return at - first < next - at ? first : next
}

const two = (value: number): string => String(value).padStart(2, '0')

function clockText(at: number): string {
  const clock = clockOf(at)
  return `${clock.getUTCHours()}${clock.getUTCMinutes() ? `:${two(clock.getUTCMinutes())}` : ''}`
}

/** "am 15.11.2026", "vom 15.11.2026 bis 21.11.2026", "am 15.11.2026 von 14 bis 18 Uhr": as Luna reads it. */
export function periodWords(range: Bounds): string {
  const [first, last] = [dayOf(range.from), dayOf(range.to - 1)]
  if (first !== last) return `vom ${formatDayAt(range.from)} bis ${formatDayAt(range.to - 1)}`
  if (wholeDays(range)) return `am ${formatDayAt(range.from)}`
  const end = midnight(range.to) === range.to ? '24' : clockText(range.to)
  return `am ${formatDayAt(range.from)} von ${clockText(range.from)} bis ${end} Uhr`
}

/** A title's quotation marks would end it too early. */
export function questionOf(title: string, range: Bounds): string {
  return `Warum war der Verbrauch von ${title.replaceAll(/[„“"]/g, '')} ${periodWords(range)} so hoch?`
}
