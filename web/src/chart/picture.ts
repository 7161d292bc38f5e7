/** What a chart shows, before anything is drawn: the same picture becomes a canvas, a table and a CSV file. */

import { offsetAt } from '@/lib/berlin'
import { formatAt, NONE } from '@/lib/format'

/** Inks mean the same everywhere: consumption indigo, production gold, prices teal and below nothing plum; past and band are muted. */
export type Ink = 'consumption' | 'production' | 'price' | 'negative' | 'muted' | 'good' | 'bad'

export type Column = (number | null)[]

export interface Line {
  name: string
  ink: Ink
  /** Begin of each interval, seconds since 1970, ascending. */
  ts: number[]
  values: Column
  /** How long an interval is, in seconds; where one is missing the line breaks. */
  seconds: number
  unit: string
  /** A forecast. */
  dashed?: boolean
  filled?: boolean
  /** Filled down to zero, what is below it in the ink of negative prices. */
  signed?: boolean
  /** Steps down to zero, however many. */
  bars?: boolean
  /** Least and greatest value of each interval. */
  band?: { min: Column; max: Column; name: string }
}

/** A stretch of time, or with `to` left out a moment, with a word. */
export interface Mark {
  from: number
  to?: number
  label: string
  ink: Ink
}

export interface Picture {
  lines: Line[]
  from: number
  to: number
  marks?: Mark[]
  /** A horizontal line, such as a limit. */
  limit?: { value: number; label: string }
}

export function isEmpty(picture: Picture): boolean {
  return picture.lines.every((line) => line.values.every((value) => known(value) === null))
}

/** Pairs of milliseconds and value; a null where the line must break, and the last value once more at its interval's end. */
export function pairs(ts: number[], values: Column, seconds: number): [number, number | null][] {
  const found: [number, number | null][] = []
  ts.forEach((at, index) => {
    const before = ts[index - 1]
    const [last, value] = [known(values[index - 1]), known(values[index])]
    if (before !== undefined && at - before > broken(seconds)) found.push([(before + seconds) * 1000, last], [(before + seconds) * 1000, null])
    else if (value === null && last !== null) found.push([at * 1000, last])
    found.push([at * 1000, value])
  })
  const last = ts.at(-1)
  if (last !== undefined) found.push([(last + seconds) * 1000, known(values.at(-1))])
  return found
}

/** What is no number is not known. */
function known(value: number | null | undefined): number | null {
  return value !== null && value !== undefined && Number.isFinite(value) ? value : null
}

/** Local days and what is made of them may be an hour longer or shorter than they say. */
function broken(seconds: number): number {
  return seconds > 3600 ? seconds * 1.5 + 3600 : seconds * 1.5
}

/** "25.10.2026, 02:00", and in the hour that comes twice which of both. */
export function momentText(at: number): string {
  const first = offsetAt(at) > offsetAt(at + 3600)
  const second = offsetAt(at - 3600) > offsetAt(at)
  return `${formatAt(at)}${first ? ' MESZ' : second ? ' MEZ' : ''}`
}

const numbers = new Intl.NumberFormat('de-DE', { maximumFractionDigits: 3 })

/** "1.234,5 kW", with as many digits as say something. */
export function formatValue(value: number | null | undefined, unit = ''): string {
  if (value === null || value === undefined || !Number.isFinite(value)) return NONE
  const size = Math.abs(value)
  const digits = size >= 1000 ? 0 : size >= 100 ? 1 : size >= 1 ? 2 : 3
  const scale = 10 ** digits
  return `${numbers.format(Math.round(value * scale) / scale || 0)}${unit ? ` ${unit}` : ''}`
}

export interface Table {
  heads: string[]
  /** Begin of each row. */
  ts: number[]
  columns: Column[]
}

/** Every line, and the edges of its band, as columns over the same instants. */
export function tableOf(picture: Picture): Table {
  const parts = picture.lines.flatMap((line) => [
    { head: headOf(line.name, line.unit), ts: line.ts, values: line.values },
    ...(line.band
      ? [
          { head: headOf(`${line.name}, kleinster`, line.unit), ts: line.ts, values: line.band.min },
          { head: headOf(`${line.name}, größter`, line.unit), ts: line.ts, values: line.band.max },
        ]
      : []),
  ])
  const ts = [...new Set(parts.flatMap((part) => part.ts))].toSorted((a, b) => a - b)
  const rows = new Map(ts.map((at, index) => [at, index]))
  const columns = parts.map((part) => {
    const column: Column = Array.from({ length: ts.length }, () => null)
    part.ts.forEach((at, index) => (column[rows.get(at) ?? 0] = part.values[index] ?? null))
    return column
  })
  return { heads: parts.map((part) => part.head), ts, columns }
}

function headOf(name: string, unit: string): string {
  return unit ? `${name} (${unit})` : name
}

/** German CSV: `;`, decimal comma, times of Berlin with their offset. A name that a spreadsheet would take for a formula is disarmed. */
export function csvOf(table: Table, timeText: (at: number) => string): string {
  const lines = table.ts.map((at, row) => [timeText(at), ...table.columns.map((column) => decimal(column[row] ?? null))].join(';'))
  return `${['Beginn', ...table.heads].map(cell).join(';')}\r\n${lines.join('\r\n')}\r\n`
}

/** Without the dust of reckoning with fractions. */
function decimal(value: number | null): string {
  return known(value) === null ? '' : String(Number(value?.toFixed(6))).replace('.', ',')
}

function cell(text: string): string {
  const plain = /^\s*[=+\-@]|^[\t\r\n]/.test(text) ? `'${text}` : text
  return /[;"\n\r]/.test(plain) ? `"${plain.replaceAll('"', '""')}"` : plain
}
