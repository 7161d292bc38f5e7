/** Load curves, the newest reading and a forecast in, the picture of the page out. */

import type { ForecastSeries, MeterSeries } from '@/api/types'
import { formatValue, type Line, type Mark, type Picture } from '@/chart'
import { midnight, tickText } from '@/lib/berlin'
import { formatAt, formatClockAt } from '@/lib/format'
import { forecastLine, loadLines, type Bounds, type Newest } from '@/series'
import { alongside } from './periods'
import type { Gap } from './quality'

interface Given {
  range: Bounds
  /** Seconds of the meter's own interval. */
  interval: number
  series: MeterSeries
  gaps: Gap[]
  newest?: Newest | undefined
  past?: { series: MeterSeries; range: Bounds } | undefined
  forecast?: ForecastSeries | undefined
}

/** More marks would hide the curve. */
const MOST_GAPS = 12
const FORECAST_LENGTH = 36 * 3600

export function pictureOf({ range, interval, series, gaps, newest, past, forecast }: Given): Picture {
  const lines = withNewest(loadLines(series, interval), newest, series, interval, range)
  if (series.columns.mean.every((value) => value === null)) return { lines, from: range.from, to: range.to }
  if (past) lines.push(lineBefore(past.series, past.range, range))
  const end = series.columns.ts.at(-1)
  const ahead = forecast ? aheadOf(forecast, Math.max(end === undefined ? range.from : end + series.resolution, range.from), range.to + FORECAST_LENGTH) : null
  if (ahead) lines.push(ahead)
  const to = ahead ? Math.max(range.to, (ahead.ts.at(-1) ?? 0) + ahead.seconds) : range.to
  return { lines, from: range.from, to, marks: [...gapMarks(gaps, range), ...peakMark(series)] }
}

/** The newest reading, before the server is asked again. */
function withNewest(lines: Line[], newest: Newest | undefined, series: MeterSeries, interval: number, range: Bounds): Line[] {
  const last = series.columns.ts.at(-1)
  if (!newest || last === undefined || series.resolution !== interval || newest.ts <= last || newest.ts >= range.to + interval) return lines
  return lines.map((line) => ({ ...line, ts: [...line.ts, newest.ts], values: [...line.values, line.ink === 'production' ? newest.production_kw : newest.consumption_kw] }))
}

function lineBefore(series: MeterSeries, past: Bounds, now: Bounds): Line {
  const { ts, rows } = alongside(series.columns.ts, past, now)
  return { name: 'Zeitraum davor', ink: 'muted', ts, values: rows.map((row) => series.columns.mean[row] ?? null), seconds: series.resolution, unit: series.unit }
}

function aheadOf(forecast: ForecastSeries, since: number, until: number): Line | null {
  const line = forecastLine(forecast, since)
  const count = line.ts.filter((at) => at < until).length
  if (count === 0) return null
  const cut = <T>(column: T[]): T[] => column.slice(0, count)
  return { ...line, ts: cut(line.ts), values: cut(line.values), ...(line.band ? { band: { ...line.band, min: cut(line.band.min), max: cut(line.band.max) } } : {}) }
}

function gapMarks(gaps: Gap[], range: Bounds): Mark[] {
  const longest = [...gaps].toSorted((a, b) => b.to - b.from - (a.to - a.from)).slice(0, MOST_GAPS)
  return longest.map((gap) => ({ from: gap.from, to: gap.to, label: gap.to - gap.from > (range.to - range.from) * 0.06 ? 'Lücke' : '', ink: 'muted' }))
}

function peakMark(series: MeterSeries): Mark[] {
  return series.peak ? [{ from: series.peak.ts, label: `Spitze ${formatValue(series.peak.value, series.unit)}, ${tickText(midnight(series.peak.ts), 0)} ${formatClockAt(series.peak.ts)}`, ink: 'production' }] : []
}

/** What the picture shows, for those who do not see it. */
export function pictureWords(name: string, period: string, series: MeterSeries): string {
  const peak = series.peak ? ` Die Spitze liegt bei ${formatValue(series.peak.value, series.unit)} am ${formatAt(series.peak.ts)} Uhr.` : ''
  return `Lastgang von ${name}, ${period}.${peak}`
}
