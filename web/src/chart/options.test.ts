import { describe, expect, it } from 'vitest'
import { instant } from '@/lib/berlin'
import type { Colors } from './colors'
import { optionOf, rowAt, wholeOf } from './options'
import type { Line, Picture } from './picture'

const colors: Colors = { ink: (ink, alpha) => `${ink}/${alpha ?? 1}`, text: 'text', muted: 'muted', line: 'line', panel: 'panel', sunken: 'sunken' }
const line = (more: Partial<Line> = {}): Line => ({ name: 'Preis', ink: 'price', ts: [0, 900], values: [1, 2], seconds: 900, unit: 'EUR/MWh', ...more })

interface Series {
  name: string
  data: [number, number | null][]
  step?: string
  yAxisIndex: number
  areaStyle?: { color: string }
  markArea?: { data: [{ xAxis: number }, { xAxis: number }][] }
  markLine?: { data: { xAxis?: number; yAxis?: number }[] }
}
interface Axis {
  name?: string
  min?: number
  max?: number
  axisLabel: { customValues?: number[]; formatter: (value: number) => string }
}
interface Option {
  series: Series[]
  xAxis: Axis
  yAxis: Axis[]
  tooltip: { formatter: (given: unknown) => HTMLElement | string }
}
const option = (picture: Partial<Picture>, width = 800): Option => optionOf({ lines: [], from: 0, to: 1800, ...picture }, { width, colors }) as unknown as Option
const named = (found: Option, name: string): Series | undefined => found.series.find((one) => one.name === name)

const endOf = (unit: string): unknown => (optionOf({ from: 0, to: 1800, lines: [line({ unit })] }, { width: 400, colors }).yAxis as Axis[])[0]?.max

describe('an axis of per cent', () => {
  it('ends with the whole where the values come near to it, and with the values where they do not', () => {
    expect([wholeOf({ max: 100 }), wholeOf({ max: 93 }), wholeOf({ max: 40 }), wholeOf({ max: 130 })]).toEqual([100, 100, null, null])
    expect([endOf('%'), endOf('kWh')]).toEqual([wholeOf, undefined])
  })
})

describe('what ECharts is told', () => {
  it('stacks a band row by row, also where one of its edges is missing and below zero', () => {
    const found = option({ lines: [line({ ts: [0, 900, 1800, 3600], values: [1, 2, 3, 4], band: { min: [-5, -4, null, 1], max: [-1, null, 3, 2], name: 'Band' } })], to: 4500 })
    const [low, high] = [named(found, 'Preis-min'), named(found, 'Preis-max')]
    expect(low?.data.map(([at]) => at)).toEqual(high?.data.map(([at]) => at))
    expect(low?.data.map(([, value]) => value === null)).toEqual(high?.data.map(([, value]) => value === null))
    expect([low?.data[0], high?.data[0]]).toEqual([[0, -5], [0, 4]])
  })

  it('fills below nothing in an ink of its own', () => {
    const found = option({ lines: [line({ values: [5, -3], signed: true })] })
    expect(named(found, 'Preis-above')?.data.map(([, value]) => value)).toEqual([5, 0, 0])
    expect(named(found, 'Preis-below')?.data.map(([, value]) => value)).toEqual([0, -3, -3])
    expect(named(found, 'Preis-below')?.areaStyle?.color).toMatch(/^negative/)
  })

  it('keeps an axis for marks where every line is hidden', () => {
    const found = option({ marks: [{ from: 900, label: 'jetzt', ink: 'muted' }, { from: 0, to: 900, label: '3 h', ink: 'production' }], limit: { value: 5, label: 'Grenze' } })
    expect(found.yAxis).toHaveLength(1)
    const marks = found.series.at(-1)
    expect(marks?.markLine?.data.map(({ xAxis, yAxis }) => xAxis ?? yAxis)).toEqual([900_000, 5])
    expect(marks?.markArea?.data[0]?.map(({ xAxis }) => xAxis)).toEqual([0, 900_000])
  })

  it('gives a second unit the other axis with the same zero', () => {
    const found = option({ lines: [line({ values: [-20, 100] }), line({ name: 'Verbrauch', unit: 'kW', values: [0.2, 3] })] })
    expect(found.yAxis.map((axis) => axis.name)).toEqual(['EUR/MWh', 'kW'])
    expect(named(found, 'Verbrauch')?.yAxisIndex).toBe(1)
    const [left, right] = found.yAxis.map((axis) => -(axis.min ?? 0) / ((axis.max ?? 1) - (axis.min ?? 0)))
    expect(left).toBeCloseTo(right ?? Number.NaN)
  })

  it('draws few intervals as steps and 2,000 with bands as a line', () => {
    const ts = Array.from({ length: 2000 }, (_, row) => row * 900)
    const values = ts.map((at) => Math.sin(at))
    const many = option({ lines: [line({ ts, values, band: { min: values, max: values.map((value) => value + 1), name: '' } })], to: 2000 * 900 })
    expect(named(many, 'Preis')?.step).toBeUndefined()
    expect(many.series.filter((one) => one.name.startsWith('Preis')).map((one) => one.data.length)).toEqual([2001, 2001, 2001])
    expect(named(option({ lines: [line()] }), 'Preis')?.step).toBe('end')
  })

  it.each([
    [instant(2026, 9, 25), instant(2026, 9, 26), 25],
    [instant(2026, 2, 29), instant(2026, 2, 30), 23],
  ])('writes the hours of the clock on days of 25 and 23 hours', (from, to, hours) => {
    const found = option({ lines: [line({ ts: [from], values: [1] })], from, to })
    expect(((found.xAxis.max ?? 0) - (found.xAxis.min ?? 0)) / 3_600_000).toBe(hours)
    const texts = found.xAxis.axisLabel.customValues?.map(found.xAxis.axisLabel.formatter) ?? []
    expect(texts).toEqual([...new Set(texts)])
    expect(texts).toContain('12:00')
  })

  it('says values at a moment without markup, gaps as such', () => {
    const found = option({ lines: [line({ name: '<img src=x>', values: [null, 2], band: { min: [0, 1], max: [0, 3], name: '' } })] })
    const bubble = (at: number): HTMLElement => found.tooltip.formatter([{ axisValue: at * 1000 }]) as HTMLElement
    expect(bubble(0).querySelector('img')).toBeNull()
    expect(bubble(0).textContent).toContain('<img src=x>: –')
    expect(bubble(1000).textContent).toContain('2 EUR/MWh (1 bis 3)')
    expect(bubble(9000).textContent).not.toContain('EUR/MWh')
    expect([found.tooltip.formatter([]), found.tooltip.formatter(undefined)]).toEqual(['', ''])
  })

  it('finds the interval of an instant, and none in a gap', () => {
    const one = line({ ts: [0, 900, 3600] })
    expect([-1, 0, 899, 900, 1799, 1800, 3600, 4500].map((at) => rowAt(one, at))).toEqual([null, 0, 0, 1, 1, null, 2, null])
    expect(rowAt(line({ ts: [], values: [] }), 5)).toBeNull()
    const long = instant(2026, 9, 25)
    expect(rowAt(line({ ts: [long], values: [1], seconds: 86_400 }), long + 24.5 * 3600)).toBe(0)
  })
})
