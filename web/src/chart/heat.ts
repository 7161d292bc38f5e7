/** Hourly values in, what a heat map of local days shows out: days of 23 and 25 hours keep their own hours. */

import type { EChartsCoreOption } from 'echarts/core'
import { clockOf, midnight } from '@/lib/berlin'
import { formatDayAt } from '@/lib/format'
import { niceStep } from './axes'
import type { Colors } from './colors'
import { FONT, type Shape } from './options'
import { formatValue, type Column, type Ink, type Table } from './picture'

const HOUR = 3600
const two = (value: number): string => String(value).padStart(2, '0')

/** An hour of the clock on a day: usually one instant, none where clocks went ahead, two where they went back. */
export interface HeatCell {
  ts: number[]
  values: Column
  /** The mean of what is known; null for nothing. */
  value: number | null
}

export interface HeatDay {
  /** Its local midnight. */
  at: number
  /** 24, by the clock's hour. */
  cells: HeatCell[]
}

export interface Heat {
  days: HeatDay[]
  unit: string
  ink: Ink
}

/** Every local day from the first value to the last, also those without any. `ts` are begins of hours, ascending. */
export function heatOf(ts: number[], values: Column, unit: string, ink: Ink = 'price'): Heat {
  const known = new Map(ts.map((at, row) => [at, values[row] ?? null]))
  const [first, last] = [ts[0], ts.at(-1)]
  const days: HeatDay[] = []
  if (first === undefined || last === undefined) return { days, unit, ink }
  for (let day = midnight(first); day <= last; day = midnight(day, 1)) days.push(dayOfHours(day, known))
  return { days, unit, ink }
}

function dayOfHours(day: number, known: Map<number, number | null>): HeatDay {
  const next = midnight(day, 1)
  const usual = next - day === 24 * HOUR
  const cells: HeatCell[] = Array.from({ length: 24 }, () => ({ ts: [], values: [], value: null }))
  for (let at = day; at < next; at += HOUR) {
    const cell = cells[usual ? (at - day) / HOUR : clockOf(at).getUTCHours()]
    cell?.ts.push(at)
    cell?.values.push(known.get(at) ?? null)
  }
  for (const cell of cells) cell.value = meanOf(cell.values)
  return { at: day, cells }
}

function meanOf(values: Column): number | null {
  const known = values.filter((value): value is number => value !== null && Number.isFinite(value))
  return known.length ? known.reduce((sum, value) => sum + value, 0) / known.length : null
}

export function isCold(heat: Heat): boolean {
  return heat.days.every((day) => day.cells.every((cell) => cell.value === null))
}

/** All hours one below the other, for files: the hour that comes twice has two rows. */
export function heatTable(heat: Heat, name: string): Table {
  const cells = heat.days.flatMap((day) => day.cells)
  return { heads: [heat.unit ? `${name} (${heat.unit})` : name], ts: cells.flatMap((cell) => cell.ts), columns: [cells.flatMap((cell) => cell.values)] }
}

export interface Piece {
  /** From (included) and to (excluded); null for without bound. */
  from: number | null
  to: number | null
  /** Where it begins, for narrow places, and both bounds. */
  short: string
  label: string
  ink: Ink
  alpha: number
}

const ALPHAS = [0.1, 0.28, 0.48, 0.72, 1]

/** Five steps up from nothing, and what lies below it in an ink of its own; few outliers do not wash out the rest. */
export function piecesOf(heat: Heat): Piece[] {
  const values = heat.days.flatMap((day) => day.cells.map((cell) => cell.value)).filter((value): value is number => value !== null)
  const sorted = values.toSorted((a, b) => a - b)
  const high = sorted[Math.floor((sorted.length - 1) * 0.97)] ?? 1
  const step = niceStep(Math.max(high, 0.001) / ALPHAS.length)
  const steps = ALPHAS.map((alpha, index): Piece => {
    const [from, last] = [index * step, index === ALPHAS.length - 1]
    return { from, to: last ? null : from + step, short: last ? `≥ ${formatValue(from)}` : formatValue(from), label: last ? `ab ${formatValue(from)}` : `${formatValue(from)} bis ${formatValue(from + step)}`, ink: heat.ink, alpha }
  })
  return (sorted[0] ?? 0) < 0 ? [{ from: null, to: 0, short: '< 0', label: 'unter 0', ink: 'negative', alpha: 0.85 }, ...steps] : steps
}

/** "02:00–03:00 Uhr", and where it comes twice which of both. */
export function hourText(cell: HeatCell, row: number): string {
  const begin = cell.ts[row]
  if (begin === undefined) return ''
  const hour = clockOf(begin).getUTCHours()
  const clock = `${two(hour)}:00–${two((hour + 1) % 24)}:00`
  return cell.ts.length < 2 ? `${clock} Uhr` : `${clock} Uhr (${row === 0 ? 'Sommerzeit' : 'Winterzeit'})`
}

export function heatOption(heat: Heat, { width, colors }: Shape): EChartsCoreOption {
  const pieces = piecesOf(heat)
  return {
    animation: false,
    textStyle: { fontFamily: FONT },
    grid: { left: 4, right: 8, top: 8, bottom: 40, outerBoundsMode: 'same', outerBoundsContain: 'axisLabel' },
    tooltip: {
      confine: true,
      backgroundColor: colors.panel,
      borderColor: colors.line,
      padding: [8, 12],
      textStyle: { color: colors.text, fontSize: 12.5, fontFamily: FONT },
      formatter: (given: unknown) => cellBubble(heat, (given as { value: [number, number, number] }).value),
    },
    xAxis: dayAxis(heat, width, colors),
    yAxis: {
      type: 'category',
      inverse: true,
      data: Array.from({ length: 24 }, (_, hour) => two(hour)),
      axisTick: { show: false },
      axisLine: { show: false },
      axisLabel: { color: colors.muted, fontSize: 11.5, interval: 2, formatter: (hour: string) => `${hour} Uhr` },
    },
    visualMap: {
      type: 'piecewise',
      orient: 'horizontal',
      left: 0,
      bottom: 0,
      padding: 0,
      itemWidth: 16,
      itemHeight: 12,
      itemSymbol: 'rect',
      itemGap: width < 560 ? 6 : 14,
      textGap: 5,
      hoverLink: false,
      selectedMode: false,
      textStyle: { color: colors.muted, fontSize: 11.5, fontFamily: FONT },
      pieces: pieces.map(({ from, to, short, label, ink, alpha }) => ({ ...(from === null ? {} : { gte: from }), ...(to === null ? {} : { lt: to }), label: width < 560 ? short : label, color: colors.ink(ink, alpha) })),
    },
    series: [
      {
        type: 'heatmap',
        data: heat.days.flatMap((day, column) => day.cells.flatMap((cell, hour) => (cell.value === null ? [] : [[column, hour, cell.value]]))),
        progressive: 0,
        emphasis: { itemStyle: { borderColor: colors.text, borderWidth: 1 } },
        itemStyle: { borderColor: colors.panel, borderWidth: width / Math.max(1, heat.days.length) > 7 ? 1 : 0 },
      },
    ],
  }
}

function dayAxis(heat: Heat, width: number, colors: Colors): Record<string, unknown> {
  const every = Math.max(1, Math.ceil(heat.days.length / Math.max(2, Math.floor(width / 64))))
  return {
    type: 'category',
    data: heat.days.map((day) => day.at),
    axisTick: { show: false },
    axisLine: { show: false },
    axisLabel: {
      color: colors.muted,
      fontSize: 11.5,
      hideOverlap: true,
      interval: (index: number) => index % every === 0,
      formatter: (at: string) => {
        const clock = clockOf(Number(at))
        return `${clock.getUTCDate()}.${clock.getUTCMonth() + 1}.`
      },
    },
  }
}

function cellBubble(heat: Heat, [column, hour]: [number, number, number]): HTMLElement | string {
  const day = heat.days[column]
  const cell = day?.cells[hour]
  if (!day || !cell) return ''
  const box = Object.assign(document.createElement('div'), { className: 'num grid gap-0.5' })
  const line = (text: string, className: string): void => box.append(Object.assign(document.createElement('p'), { textContent: text, className }))
  line(formatDayAt(day.at), 'text-2xs text-muted')
  cell.values.forEach((value, row) => line(`${hourText(cell, row)}: ${formatValue(value, heat.unit)}`, 'text-xs font-semibold'))
  return box
}
