/** A picture and the theme's colours in, what ECharts is told out. */

import type { EChartsCoreOption } from 'echarts/core'
import { ticks, tickText } from '@/lib/berlin'
import { aligned, extent } from './axes'
import type { Colors } from './colors'
import { spots, textWidth, type Spot } from './labels'
import { formatValue, momentText, pairs, type Line, type Mark, type Picture } from './picture'

export const FONT = "'Inter Variable', ui-sans-serif, system-ui, sans-serif"
/** Up to so many points a line is drawn as the steps that it is. */
const STEPS = 400

export interface Shape {
  width: number
  colors: Colors
}

export function optionOf(picture: Picture, { width, colors }: Shape): EChartsCoreOption {
  const found = [...new Set(picture.lines.map((line) => line.unit))]
  const units = found.length > 0 ? found : [''] // marks need an axis, also where every line is hidden
  const words = wordsOf(picture, width, units)
  const bounds = units.length === 2 ? aligned(units.map((unit) => extent(picture.lines.filter((line) => line.unit === unit)))) : []
  return {
    animation: false,
    textStyle: { fontFamily: FONT },
    grid: { left: 4, right: units.length > 1 ? 4 : 12, top: 30 + ROW * Math.max(0, words.rows - 2), bottom: 4, outerBoundsMode: 'same', outerBoundsContain: 'axisLabel' },
    tooltip: tooltipOf(picture, colors),
    xAxis: timeAxis(picture, width, colors),
    yAxis: units.slice(0, 2).map((unit, index) => ({ ...valueAxis(unit, index, colors), ...bounds[index] })),
    series: picture.lines.flatMap((line, index) => seriesOf(line, index, Math.min(1, units.indexOf(line.unit)), colors)).concat(marksOf(picture, words, colors)),
  }
}

function timeAxis(picture: Picture, width: number, colors: Colors): Record<string, unknown> {
  const span = picture.to - picture.from
  const values = ticks(picture.from, picture.to, Math.max(2, Math.floor(width / 90))).map((at) => at * 1000)
  return {
    type: 'value',
    min: picture.from * 1000,
    max: picture.to * 1000,
    splitLine: { show: false },
    axisLine: { show: true, onZero: false, lineStyle: { color: colors.line } },
    axisTick: { show: true, customValues: values, lineStyle: { color: colors.line } },
    axisLabel: { customValues: values, color: colors.muted, fontSize: 11.5, hideOverlap: true, formatter: (value: number) => tickText(value / 1000, span) },
    axisPointer: { label: { show: false } },
  }
}

function valueAxis(unit: string, index: number, colors: Colors): Record<string, unknown> {
  return {
    type: 'value',
    name: unit,
    nameTextStyle: { color: colors.muted, fontSize: 11.5, align: index === 0 ? 'left' : 'right', padding: index === 0 ? [0, 0, 0, -14] : [0, -14, 0, 0] },
    nameGap: 12,
    scale: false,
    ...(unit === '%' ? { max: wholeOf } : {}),
    splitNumber: 4,
    splitLine: { show: index === 0, lineStyle: { color: colors.line } },
    axisLabel: { color: colors.muted, fontSize: 11.5, formatter: (value: number) => formatValue(value) },
  }
}

/** An axis of per cent that reaches nearly to the whole ends with it; null leaves its end to what is drawn. */
export function wholeOf({ max }: { max: number }): number | null {
  return max > 80 && max <= 100 ? 100 : null
}

function seriesOf(line: Line, index: number, axis: number, colors: Colors): Record<string, unknown>[] {
  const step = line.ts.length <= STEPS || line.bars ? ('end' as const) : undefined
  const shared = { yAxisIndex: axis, symbol: 'none', step, silent: true, emphasis: { disabled: true }, z: line.ink === 'muted' ? 5 : 10 + index }
  return [
    ...(line.band ? bandOf(line, index, shared, colors) : []),
    ...(line.signed ? signedOf(line, shared, colors) : []),
    {
      ...shared,
      type: 'line',
      name: line.name,
      data: pairs(line.ts, line.values, line.seconds),
      lineStyle: { color: colors.ink(line.ink, line.ink === 'muted' ? 0.6 : 1), width: line.dashed ? 1.75 : 1.5, type: line.dashed ? [5, 4] : 'solid' },
      itemStyle: { color: colors.ink(line.ink) },
      ...(line.filled || line.bars ? { areaStyle: { color: colors.ink(line.ink, line.bars ? 0.45 : 0.22) } } : {}),
    },
  ]
}

/** Two fills, above and below nothing; neither draws a line. */
function signedOf(line: Line, shared: Record<string, unknown>, colors: Colors): Record<string, unknown>[] {
  const part = (name: string, keep: (value: number) => number, color: string): Record<string, unknown> => ({
    ...shared,
    type: 'line',
    name: `${line.name}-${name}`,
    z: 3,
    lineStyle: { opacity: 0 },
    areaStyle: { color, origin: 0 },
    tooltip: { show: false },
    data: pairs(line.ts, line.values.map((value) => (value === null ? null : keep(value))), line.seconds),
  })
  return [part('above', (value) => Math.max(0, value), colors.ink(line.ink, 0.16)), part('below', (value) => Math.min(0, value), colors.ink('negative', 0.5))]
}

/** Least to greatest as an area: the lower edge unseen, the difference filled above it. */
function bandOf(line: Line, index: number, shared: Record<string, unknown>, colors: Colors): Record<string, unknown>[] {
  const { min, max } = line.band ?? { min: [], max: [] }
  const width = max.map((value, row) => (value === null || min[row] === null || min[row] === undefined ? null : value - min[row]))
  const low = min.map((value, row) => (width[row] === null || width[row] === undefined ? null : value)) // both are stacked row by row
  const edge = { ...shared, type: 'line', stack: `band-${index}`, stackStrategy: 'all', lineStyle: { opacity: 0 }, z: 4, tooltip: { show: false } }
  return [
    { ...edge, name: `${line.name}-min`, data: pairs(line.ts, low, line.seconds) },
    { ...edge, name: `${line.name}-max`, data: pairs(line.ts, width, line.seconds), areaStyle: { color: colors.ink(line.ink, 0.28) } },
  ]
}

/** What the axis' numbers take at the side, about, and the height of a row of words. */
const SIDE = 48
const ROW = 13

interface Words {
  stretches: { mark: Mark; middle: number; spot: Spot }[]
  moments: { mark: Mark; at: number; spot: Spot }[]
  /** How many rows the words above the picture take. */
  rows: number
}

/** Where the words at marks stand: of stretches within the picture, of moments above it, beside the names of the axes. */
function wordsOf(picture: Picture, width: number, units: string[]): Words {
  const plot = Math.max(1, width - SIDE)
  const at = (time: number): number => ((time - picture.from) / (picture.to - picture.from)) * plot
  const marks = picture.marks ?? []
  const [left, right] = units.map((unit) => Math.max(0, textWidth(unit) - 8))
  const stretches = marks.flatMap((mark) => (mark.to === undefined ? [] : [{ mark, middle: (at(Math.max(picture.from, mark.from)) + at(Math.min(picture.to, mark.to))) / 2 }]))
  const moments = marks.filter((mark) => mark.to === undefined).map((mark) => ({ mark, at: at(mark.from) }))
  const inside = spots(stretches.map(({ mark, middle }) => ({ at: middle, text: mark.label })), 0, plot)
  const above = spots(moments.map((one) => ({ at: one.at, text: one.mark.label })), left ?? 0, plot - (right ?? 0))
  const nowhere: Spot = { left: 0, row: 0, shown: false }
  return {
    stretches: stretches.map((one, place) => ({ ...one, spot: inside[place] ?? nowhere })),
    moments: moments.map((one, place) => ({ ...one, spot: above[place] ?? nowhere })),
    rows: Math.max(0, ...above.map(({ row }) => row + 1)),
  }
}

/** Marks hang on a line of their own without points, so that they stay when others are hidden. */
function marksOf(picture: Picture, { stretches, moments }: Words, colors: Colors): Record<string, unknown>[] {
  const label = ({ label: text }: Mark, { shown }: Spot): Record<string, unknown> => ({ show: shown, formatter: text, color: colors.text, fontSize: 11.5 })
  return [
    {
      type: 'line',
      name: '',
      data: [],
      silent: true,
      z: 2,
      markArea: {
        silent: true,
        data: stretches.map(({ mark, middle, spot }) => [
          {
            xAxis: mark.from * 1000,
            itemStyle: { color: colors.ink(mark.ink, mark.ink === 'production' ? 0.22 : 0.13) },
            label: { ...label(mark, spot), position: 'insideTop', offset: [spot.left + textWidth(mark.label) / 2 - middle, ROW * spot.row] },
          },
          { xAxis: (mark.to ?? mark.from) * 1000 },
        ]),
      },
      markLine: {
        silent: true,
        symbol: 'none',
        data: [
          ...moments.map(({ mark, at, spot }) => ({
            xAxis: mark.from * 1000,
            label: { ...label(mark, spot), position: 'end', distance: 4 + ROW * spot.row, align: 'left', padding: [0, 0, 0, spot.left - at] },
            lineStyle: { color: colors.ink(mark.ink), type: 'solid', width: 1 },
          })),
          ...(picture.limit
            ? [{ yAxis: picture.limit.value, label: { formatter: picture.limit.label, color: colors.text, fontSize: 11.5, position: 'insideEndTop' }, lineStyle: { color: colors.ink('bad'), type: 'dashed', width: 1 } }]
            : []),
        ],
      },
    },
  ]
}

/** The values at a moment; built from elements, because names of meters are words of users and no markup. */
function tooltipOf(picture: Picture, colors: Colors): Record<string, unknown> {
  return {
    trigger: 'axis',
    confine: true,
    backgroundColor: colors.panel,
    borderColor: colors.line,
    padding: [8, 12],
    textStyle: { color: colors.text, fontSize: 12.5, fontFamily: FONT },
    axisPointer: { type: 'line', lineStyle: { color: colors.muted, type: 'solid', width: 1 } },
    formatter: (given: unknown) => {
      const first = (Array.isArray(given) ? given[0] : given) as { axisValue?: number; value?: [number, unknown] } | undefined
      const at = first?.axisValue ?? first?.value?.[0]
      return at === undefined ? '' : bubble(picture, Math.floor(at / 1000))
    },
  }
}

/** The last interval of a line that begins at or before an instant and still lasts then; null for none. */
export function rowAt(line: Line, at: number): number | null {
  let low = 0
  let high = line.ts.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((line.ts[middle] ?? 0) <= at) low = middle + 1
    else high = middle
  }
  const row = low - 1
  const begin = line.ts[row]
  return begin === undefined || at - begin >= line.seconds + (line.seconds > 3600 ? 3600 : 0) ? null : row
}

function bubble(picture: Picture, at: number): HTMLElement {
  const rows = picture.lines.map((line) => ({ line, row: rowAt(line, at) })).filter((entry): entry is { line: Line; row: number } => entry.row !== null)
  const box = document.createElement('div')
  box.className = 'num grid gap-0.5'
  const begin = Math.max(...rows.map(({ line, row }) => line.ts[row] ?? 0))
  box.append(made('p', momentText(rows.length ? begin : at), 'text-2xs text-muted'))
  for (const { line, row } of rows) {
    const band = line.band && line.band.min[row] !== line.band.max[row] ? ` (${formatValue(line.band.min[row])} bis ${formatValue(line.band.max[row])})` : ''
    const entry = made('p', `${line.name}: `, 'text-xs')
    entry.append(made('span', `${formatValue(line.values[row], line.unit)}${band}`, 'font-semibold'))
    box.append(entry)
  }
  return box
}

function made(tag: string, text: string, className: string): HTMLElement {
  return Object.assign(document.createElement(tag), { textContent: text, className })
}
