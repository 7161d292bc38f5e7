/** Answers of the API in, lines of a chart out. */

import type { ForecastSeries, MeterSeries, PriceSeries, SignalSeries } from '@/api/types'
import type { Line } from '@/chart'

/** Consumption, and production where there was any; with least and greatest power where buckets hold several intervals. */
export function loadLines(series: MeterSeries, interval: number): Line[] {
  const { ts, min, mean, max } = series.columns
  const coarse = series.resolution > interval
  const shared = { ts, seconds: series.resolution, unit: series.unit }
  const lines: Line[] = [{ ...shared, name: 'Verbrauch', ink: 'consumption', values: mean, ...(coarse ? { band: { min, max, name: 'Spanne' } } : {}) }]
  if (series.production?.max.some((value) => (value ?? 0) > 0)) lines.push({ ...shared, name: 'Erzeugung', ink: 'production', values: series.production.mean, filled: true })
  return lines
}

/** The same curve of an earlier time, moved onto this one. */
export function earlier(series: MeterSeries, shift: number): Line {
  return { name: 'Verbrauch zuvor', ink: 'muted', ts: series.columns.ts.map((at) => at + shift), values: series.columns.mean, seconds: series.resolution, unit: series.unit }
}

export function priceLine(series: PriceSeries, name = 'Preis'): Line {
  const { ts, mean } = series.columns
  return { name, ink: 'price', ts, values: mean, seconds: series.resolution, unit: series.unit }
}

export function signalLine(series: SignalSeries, name: string): Line {
  return { name, ink: 'muted', ts: series.columns.ts, values: series.columns.mean, seconds: series.resolution, unit: series.unit }
}

/** What is expected from an instant on, with the band that nine of ten values keep to. */
export function forecastLine(forecast: ForecastSeries, since: number, ink: Line['ink'] = 'consumption'): Line {
  const first = forecast.columns.ts.findIndex((at) => at >= since)
  const rest = <T,>(column: T[]): T[] => (first < 0 ? [] : column.slice(first))
  const { ts, mean, low, high } = forecast.columns
  return { name: 'Vorhersage', ink, ts: rest(ts), values: rest(mean), seconds: forecast.resolution, unit: forecast.unit, dashed: true, band: { min: rest(low), max: rest(high), name: '90-%-Band' } }
}

export function resolutionText(seconds: number): string {
  if (seconds < 3600) return seconds === 60 ? 'Minuten' : `${seconds / 60} Minuten`
  if (seconds < 86_400) return seconds === 3600 ? 'Stunden' : `${seconds / 3600} Stunden`
  return seconds === 86_400 ? 'Tage' : `${seconds / 86_400} Tage`
}

/** What follows "je": "15 Minuten", "Stunde". */
export function perText(seconds: number): string {
  const ones: Record<number, string> = { 60: 'Minute', 3600: 'Stunde', 86_400: 'Tag' }
  return ones[seconds] ?? (seconds % 60 === 0 ? resolutionText(seconds) : `${seconds} Sekunden`)
}
