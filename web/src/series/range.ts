/** A range of time as the address holds it in, its bounds in seconds since 1970 out. */

import { dayOf, midnight, parseDay } from '@/lib/berlin'

export const SPANS = ['24h', '7t', '30t', '1j'] as const
export type Span = (typeof SPANS)[number]

/** `zeitraum` up to now, or from `von` to `bis`: days (both included), or instants such as 2026-11-22T13:00Z. */
export interface RangeSearch {
  zeitraum?: Span
  von?: string
  bis?: string
}

/** From a moment up to another, in seconds since 1970. */
export interface Bounds {
  from: number
  to: number
}

export interface Range extends Bounds {
  /** Null for one from and to given moments. */
  span: Span | null
}

const DAY = 86_400
const LENGTHS: Record<Span, number> = { '24h': DAY, '7t': 7 * DAY, '30t': 30 * DAY, '1j': 365 * DAY }
/** How often the end of a range moves on, so that its answers can be kept for a while. */
const STEPS: Record<Span, number> = { '24h': 60, '7t': 300, '30t': 900, '1j': 3600 }
const LONGEST = 3 * 366 * DAY

export function readRangeSearch(raw: Record<string, unknown>): RangeSearch {
  const zeitraum = SPANS.find((span) => span === raw.zeitraum)
  const [von, bis] = [text(raw.von), text(raw.bis)]
  const bounds = von && bis ? between(von, bis) : null
  if (bounds && von && bis) return { von, bis }
  return zeitraum ? { zeitraum } : {}
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined
}

function moment(value: string, end: boolean): number | null {
  const day = parseDay(value)
  if (day !== null) return end ? midnight(day, 1) : day
  if (!/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2})?Z$/.test(value)) return null
  const at = Date.parse(value)
  return Number.isNaN(at) ? null : Math.floor(at / 1000)
}

function between(von: string, bis: string): Bounds | null {
  const [from, to] = [moment(von, false), moment(bis, true)]
  return from !== null && to !== null && to > from && to - from <= LONGEST ? { from, to } : null
}

/** The bounds of what the address says; the usual span where it says nothing. */
export function rangeOf(search: RangeSearch, usual: Span, now: number): Range {
  const bounds = search.von && search.bis ? between(search.von, search.bis) : null
  if (bounds) return { ...bounds, span: null }
  const span = search.zeitraum ?? usual
  const to = Math.ceil(now / STEPS[span]) * STEPS[span]
  return { from: to - LENGTHS[span], to, span }
}

/** What the address holds for a chosen stretch; whole days are written as days. */
export function searchOf(from: number, to: number): RangeSearch {
  if (midnight(from) === from && midnight(to) === to) return { von: dayOf(from), bis: dayOf(to - 1) }
  return { von: toMinute(from), bis: toMinute(to + 59) }
}

function toMinute(at: number): string {
  return `${new Date(Math.floor(at / 60) * 60_000).toISOString().slice(0, 16)}Z`
}

/** The same length right before. */
export function before(range: Range): Range {
  return { from: range.from - (range.to - range.from), to: range.from, span: null }
}

/** The range some lengths of itself later (earlier below 0). */
export function shifted(range: Range, lengths: number): RangeSearch {
  const length = range.to - range.from
  if (midnight(range.from) === range.from && midnight(range.to) === range.to) {
    const days = Math.round(length / DAY)
    return searchOf(midnight(range.from, days * lengths), midnight(range.to, days * lengths))
  }
  return searchOf(range.from + lengths * length, range.to + lengths * length)
}

/** ISO instants for the API. */
export function isoBounds(range: Bounds): { from: string; to: string } {
  return { from: new Date(range.from * 1000).toISOString(), to: new Date(range.to * 1000).toISOString() }
}
