/** Facts of an answer in; the one to draw, its picture, its place in the app and its query in words out. */

import type { Fact } from '@/api/types'
import type { Column, Line, Mark, Picture } from '@/chart'
import { formatAt } from '@/lib/format'
import { searchOf, type RangeSearch } from '@/series'

interface Drawn {
  unit: string
  ts: number[]
  columns: Record<string, Column>
}

/** The columns of a fact's chart; null for anything that is none. */
export function drawnOf(chart: unknown): Drawn | null {
  if (typeof chart !== 'object' || chart === null) return null
  const { unit, ts, columns } = chart as Partial<Drawn>
  if (!Array.isArray(ts) || ts.length === 0 || typeof columns !== 'object' || columns === null) return null
  const good = Object.entries(columns).filter(([, values]) => Array.isArray(values) && values.length === ts.length)
  return good.length > 0 ? { unit: typeof unit === 'string' ? unit : '', ts, columns: Object.fromEntries(good) } : null
}

/** What an answer turns on: the fact that has an expectation to draw, else the first with a chart. */
export function mainFact(facts: Fact[]): Fact | null {
  const charted = facts.filter((fact) => drawnOf(fact.chart))
  return charted.find((fact) => 'erwartet' in (drawnOf(fact.chart)?.columns ?? {})) ?? charted[0] ?? null
}

function secondsOf(ts: number[]): number {
  const steps = ts.slice(1).map((at, row) => at - (ts[row] ?? at))
  return steps.length > 0 ? Math.min(...steps) : 900
}

/** Seconds since 1970 of an instant in a query. */
export function instantOf(value: unknown): number | null {
  const at = typeof value === 'string' ? Date.parse(value) : Number.NaN
  return Number.isNaN(at) ? null : Math.floor(at / 1000)
}

export function windowOf(fact: Pick<Fact, 'query'>): { from: number; to: number } | null {
  const [from, to] = [instantOf(fact.query.from), instantOf(fact.query.to)]
  return from !== null && to !== null && to > from ? { from, to } : null
}

/** Measured and expected with its band, or prices; the fact's window and what the answer's other facts say of moments marked in it. */
export function pictureOf(fact: Fact, facts: Fact[] = []): Picture | null {
  const drawn = drawnOf(fact.chart)
  if (!drawn) return null
  const { ts, unit, columns } = drawn
  const shared = { ts, unit, seconds: secondsOf(ts) }
  const lines: Line[] = []
  const add = (name: string, line: Omit<Line, 'ts' | 'unit' | 'seconds' | 'values'>): void => {
    const values = columns[name]
    if (values) lines.push({ ...shared, values, ...line })
  }
  const { von, bis } = columns
  add('gemessen', { name: 'gemessen', ink: fact.query.column === 'production' ? 'production' : 'consumption' })
  if (columns.gemessen_max && differs(columns.gemessen, columns.gemessen_max)) add('gemessen_max', { name: 'höchster Wert', ink: 'muted' })
  add('erwartet', { name: von && bis ? 'erwartet, mit üblichem Band' : 'erwartet', ink: 'muted', dashed: true, ...(von && bis ? { band: { min: von, max: bis, name: 'übliches Band' } } : {}) })
  add('Preis', { name: 'Preis', ink: 'price' })
  if (lines.length === 0) return null
  const window = windowOf(fact)
  const [first, end] = [ts[0] ?? 0, (ts.at(-1) ?? 0) + shared.seconds]
  const [from, to] = [Math.min(first, window?.from ?? first), Math.max(end, window?.to ?? end)]
  return { lines, from, to, marks: [...windowMark(window, from, to), ...moments(facts, fact, from, to)] }
}

function differs(one: Column | undefined, other: Column): boolean {
  return one?.some((value, row) => value !== (other[row] ?? null)) ?? false
}

function windowMark(window: { from: number; to: number } | null, from: number, to: number): Mark[] {
  return window && window.to - window.from < (to - from) * 0.98 ? [{ ...window, label: 'gefragt', ink: 'consumption' }] : []
}

const MOMENTS: Record<string, string> = { peak_time: 'Spitze', price_min_time: 'am günstigsten', price_max_time: 'am teuersten' }

/** Peaks and the begin and end of causes, of the same meter and within the picture. */
function moments(facts: Fact[], fact: Fact, from: number, to: number): Mark[] {
  const inside = facts.filter((one) => one.query.meter === fact.query.meter && one.value !== null && one.value >= from && one.value <= to && one.unit === 'Zeitpunkt')
  const marks: Mark[] = inside.flatMap((one) => {
    const label = MOMENTS[String(one.query.tool)]
    return label && one.value !== null ? [{ from: one.value, label, ink: 'production' as const }] : []
  })
  const edges = inside.filter((one) => one.query.tool === 'cause_edge')
  for (const start of edges.filter((one) => one.query.edge === 'start')) {
    const end = edges.find((one) => one.query.edge === 'end' && one.query.cause === start.query.cause)
    if (end?.value && start.value !== null && end.value > start.value) marks.push({ from: start.value, to: end.value, label: 'auffällig', ink: 'production' })
  }
  return marks
}

const METER = /^[A-Za-z0-9][A-Za-z0-9._:-]{0,63}$/

export type FactPlace = { to: '/energie'; search: RangeSearch & { zaehler: string } } | { to: '/markt'; search: RangeSearch }

/** Where the app shows the same stretch; null for what no page shows, such as several meters at once. */
export function placeOf(fact: Pick<Fact, 'query'>): FactPlace | null {
  const window = windowOf(fact)
  const { meter, tool } = fact.query
  if (!window) return null
  const range = searchOf(window.from, window.to)
  if (typeof meter === 'string') return METER.test(meter) ? { to: '/energie', search: { ...range, zaehler: meter } } : null
  return String(tool).startsWith('price') || tool === 'negative' ? { to: '/markt', search: range } : null
}

const TOOLS: Record<string, string> = {
  energy: 'Summe aus Leistung × Dauer',
  peak: 'größter Wert',
  peak_time: 'Zeitpunkt des größten Werts',
  mean: 'Mittelwert',
  base: '5-%-Quantil der Nächte',
  expected: 'Erwartung aus den Wochen davor',
  expected_low: 'untere Grenze der Erwartung',
  expected_high: 'obere Grenze der Erwartung',
  excess: 'Messung minus Erwartung',
  cause: 'Anteil einer Ursache an der Abweichung',
  cause_share: 'Anteil einer Ursache an der Abweichung',
  cause_edge: 'Beginn oder Ende einer Ursache',
  change: 'Differenz zum Vergleichszeitraum',
  change_share: 'Änderung zum Vergleichszeitraum',
  unknown: 'Dauer ohne Werte',
  unknown_share: 'Anteil ohne Werte',
  substitutes: 'Dauer mit Ersatzwerten',
  negative: 'Dauer mit negativem Preis',
}

const COLUMNS: Record<string, string> = { consumption: 'Verbrauch', production: 'Erzeugung', import: 'Netzbezug' }

const KEYS: Record<string, string> = { meter: 'Zähler', cause: 'Ursache', edge: 'Seite', signal: 'Signal', place: 'Ort', days: 'Tage', at: 'Zeitpunkt' }

/** The query as rows to read: the words that are known, the rest as it stands. */
export function queryRows(fact: Pick<Fact, 'query'>): { name: string; value: string }[] {
  const { tool, column, from: _from, to: _to, other_from: otherFrom, other_to: otherTo, hours, ...rest } = fact.query
  const window = windowOf(fact)
  const [first, last] = [instantOf(otherFrom), instantOf(otherTo)]
  const rows = [{ name: 'Abfrage', value: TOOLS[String(tool)] ?? String(tool) }]
  if (typeof column === 'string') rows.push({ name: 'Größe', value: COLUMNS[column] ?? column })
  if (window) rows.push({ name: 'Fenster', value: `${formatAt(window.from)} bis ${formatAt(window.to)}` })
  if (Array.isArray(hours)) rows.push({ name: 'Uhrzeit', value: hours.map((minute) => clockText(Number(minute))).join(' bis ') })
  if (first !== null && last !== null) rows.push({ name: 'Verglichen mit', value: `${formatAt(first)} bis ${formatAt(last)}` })
  for (const [key, value] of Object.entries(rest)) {
    if (typeof value === 'string' || typeof value === 'number') rows.push({ name: KEYS[key] ?? key, value: String(value) })
  }
  return rows
}

function clockText(minutes: number): string {
  return `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`
}
