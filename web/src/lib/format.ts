/** Numbers, times and sizes as a German reader expects them; times in Europe/Berlin. */

const ZONE = 'Europe/Berlin'
const dateTime = new Intl.DateTimeFormat('de-DE', { timeZone: ZONE, day: '2-digit', month: '2-digit', year: 'numeric', hour: '2-digit', minute: '2-digit' })
const dayOnly = new Intl.DateTimeFormat('de-DE', { timeZone: ZONE, day: '2-digit', month: '2-digit', year: 'numeric' })
const isoDay = new Intl.DateTimeFormat('sv-SE', { timeZone: ZONE, year: 'numeric', month: '2-digit', day: '2-digit' })
const clock = new Intl.DateTimeFormat('de-DE', { timeZone: ZONE, hour: '2-digit', minute: '2-digit' })
const counts = new Intl.NumberFormat('de-DE', { maximumFractionDigits: 0 })
const tenths = new Intl.NumberFormat('de-DE', { maximumFractionDigits: 1 })

export const NONE = '–'

function parse(value: string | null | undefined): Date | null {
  if (!value) return null
  const date = new Date(value)
  return Number.isNaN(date.getTime()) ? null : date
}

export function formatTime(value: string | null | undefined): string {
  const date = parse(value)
  return date ? dateTime.format(date) : NONE
}

/** Seconds since 1970. */
export function formatAt(at: number): string {
  return dateTime.format(at * 1000)
}

export function formatDayAt(at: number): string {
  return dayOnly.format(at * 1000)
}

export function formatClockAt(at: number): string {
  return clock.format(at * 1000)
}

export function formatDay(value: string | null | undefined): string {
  const date = parse(value)
  return date ? dayOnly.format(date) : NONE
}

/** Today in Berlin as YYYY-MM-DD, for date fields. */
export function today(now: Date = new Date()): string {
  return isoDay.format(now)
}

export function formatCount(value: number | null | undefined): string {
  return value === null || value === undefined ? NONE : counts.format(value)
}

/** A share of 0..1 as whole per cent. */
export function formatShare(value: number | null | undefined): string {
  return value === null || value === undefined ? NONE : `${counts.format(value * 100)} %`
}

const UNITS = ['Byte', 'KB', 'MB', 'GB', 'TB']

export function formatBytes(value: number | null | undefined): string {
  if (value === null || value === undefined) return NONE
  let size = value
  let unit = 0
  while (size >= 1024 && unit < UNITS.length - 1) {
    size /= 1024
    unit += 1
  }
  return `${tenths.format(size)} ${UNITS[unit]}`
}

export function formatMs(value: number | null | undefined): string {
  if (value === null || value === undefined) return NONE
  return value >= 1000 ? `${tenths.format(value / 1000)} s` : `${value < 10 ? tenths.format(value) : counts.format(value)} ms`
}

/** Time from one moment to another: "48 s", "3 min", "2 h 5 min". */
export function formatSpan(from: string | null, to: string | null, now: Date = new Date()): string {
  const start = parse(from)
  if (!start) return NONE
  const seconds = Math.max(0, Math.round(((parse(to) ?? now).getTime() - start.getTime()) / 1000))
  if (seconds < 60) return `${seconds} s`
  const minutes = Math.floor(seconds / 60)
  if (minutes < 60) return `${minutes} min ${seconds % 60} s`
  return `${Math.floor(minutes / 60)} h ${minutes % 60} min`
}

/** "gerade eben", "vor 5 min", then the clock, then the day. */
export function formatAgo(value: string, now: Date = new Date()): string {
  const date = parse(value)
  if (!date) return NONE
  const minutes = Math.floor((now.getTime() - date.getTime()) / 60_000)
  if (minutes < 1) return 'gerade eben'
  if (minutes < 60) return `vor ${minutes} min`
  return isoDay.format(date) === isoDay.format(now) ? `heute, ${clock.format(date)}` : dateTime.format(date)
}

export function plural(count: number, one: string, many: string): string {
  return `${formatCount(count)} ${count === 1 ? one : many}`
}

/** How well a passage fits, as the search weighs it: comparable within one answer only, so it is no percentage. */
export function formatScore(value: number): string {
  return `Wertung ${tenths.format(value)}`
}
