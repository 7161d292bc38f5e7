import { describe, expect, it } from 'vitest'
import { instant } from '@/lib/berlin'
import type { Colors } from './colors'
import { heatOf, heatOption, heatTable, hourText, isCold, piecesOf } from './heat'
import { csvOf } from './picture'

const HOUR = 3600
const hours = (from: number, count: number): number[] => Array.from({ length: count }, (_, hour) => from + hour * HOUR)
const colors: Colors = { ink: (ink, alpha) => `${ink}/${alpha ?? 1}`, text: 'text', muted: 'muted', line: 'line', panel: 'panel', sunken: 'sunken' }

interface Drawn {
  series: { data: [number, number, number][] }[]
  visualMap: { pieces: { gte?: number; lt?: number; label: string; color: string }[] }
  xAxis: { data: number[] }
  tooltip: { formatter: (given: unknown) => HTMLElement | string }
}
const drawn = (...given: Parameters<typeof heatOption>): Drawn => heatOption(...given) as unknown as Drawn

describe('a heat map', () => {
  it('puts hours of the clock under each other', () => {
    const from = instant(2026, 5, 1)
    const heat = heatOf(hours(from, 48), [...hours(0, 48).keys()], 'EUR/MWh')
    expect(heat.days.map((day) => day.at)).toEqual([from, from + 24 * HOUR])
    expect(heat.days[1]?.cells[3]).toEqual({ ts: [from + 27 * HOUR], values: [27], value: 27 })
  })

  it('keeps both hours of the one that comes twice', () => {
    const from = instant(2026, 9, 25)
    const heat = heatOf(hours(from, 25), [...hours(0, 25).keys()], 'EUR/MWh')
    expect(heat.days).toHaveLength(1)
    const cell = heat.days[0]?.cells[2]
    expect(cell).toEqual({ ts: [from + 2 * HOUR, from + 3 * HOUR], values: [2, 3], value: 2.5 })
    expect(cell && [hourText(cell, 0), hourText(cell, 1)]).toEqual(['02:00–03:00 Uhr (Sommerzeit)', '02:00–03:00 Uhr (Winterzeit)'])
    expect(heat.days[0]?.cells[23]?.value).toBe(24)
    const table = heatTable(heat, 'Preis')
    expect(table.ts).toEqual(hours(from, 25))
    expect(csvOf(table, String).split('\r\n')).toHaveLength(27)
  })

  it('leaves out the hour that is skipped', () => {
    const from = instant(2026, 2, 29)
    const heat = heatOf(hours(from, 23), [...hours(0, 23).keys()], 'EUR/MWh')
    expect(heat.days[0]?.cells.map((cell) => cell.ts.length)).toEqual([1, 1, 0, ...Array.from({ length: 21 }, () => 1)])
    expect(heat.days[0]?.cells[3]?.value).toBe(2)
    expect(drawn(heat, { width: 600, colors }).series[0]?.data).toHaveLength(23)
  })

  it('shows days without values as empty, not as nothing', () => {
    const from = instant(2026, 5, 1)
    const heat = heatOf([from, from + 72 * HOUR], [1, null], '')
    expect(heat.days).toHaveLength(4)
    expect(isCold(heat)).toBe(false)
    expect(drawn(heat, { width: 600, colors }).series[0]?.data).toEqual([[0, 0, 1]])
    expect([isCold(heatOf([], [], '')), isCold(heatOf([from], [null], ''))]).toEqual([true, true])
  })

  it('gives what lies below nothing an ink of its own, without holes between the steps', () => {
    const from = instant(2026, 5, 1)
    const pieces = piecesOf(heatOf(hours(from, 24), [...hours(0, 24).keys()].map((hour) => hour * 5 - 10), ''))
    expect(pieces[0]).toMatchObject({ from: null, to: 0, label: 'unter 0', ink: 'negative' })
    expect(pieces.slice(1).every((piece, index) => piece.ink === 'price' && piece.from === (pieces[index]?.to ?? 0))).toBe(true)
    expect(pieces.at(-1)?.to).toBeNull()
    expect(piecesOf(heatOf([from], [3], '')).some((piece) => piece.ink === 'negative')).toBe(false)
  })

  it.each([[0], [-50], [0.0004], [4000]])('has steps for %d alone', (value) => {
    const pieces = piecesOf(heatOf([instant(2026, 5, 1)], [value], ''))
    expect(pieces.length).toBeGreaterThanOrEqual(5)
    expect(pieces.every((piece) => (piece.from === null || Number.isFinite(piece.from)) && (piece.to === null || piece.to > (piece.from ?? -Infinity)))).toBe(true)
  })

  it('is not washed out by one dear hour', () => {
    const values = hours(0, 240).map((_, hour) => (hour === 7 ? 900 : 80))
    const pieces = piecesOf(heatOf(hours(instant(2026, 5, 1), 240), values, ''))
    expect(pieces.at(-1)?.from).toBeLessThanOrEqual(100)
  })

  it('says the values of a cell in words without markup', () => {
    const heat = heatOf(hours(instant(2026, 9, 25), 25), [...hours(0, 25).keys()], '<b>EUR</b>')
    const bubble = drawn(heat, { width: 600, colors }).tooltip.formatter({ value: [0, 2, 2.5] })
    expect(bubble).toBeInstanceOf(HTMLElement)
    expect((bubble as HTMLElement).querySelector('b')).toBeNull()
    expect((bubble as HTMLElement).textContent).toContain('(Winterzeit): 3 <b>EUR</b>')
  })

  it('draws a year of days as it does one', () => {
    const from = instant(2026, 0, 1)
    const heat = heatOf(hours(from, 365 * 24), hours(0, 365 * 24).map((_, hour) => hour % 90), '')
    expect(heat.days).toHaveLength(365)
    expect(drawn(heat, { width: 358, colors }).series[0]?.data).toHaveLength(365 * 24 - 1) // the hour that comes twice is one cell
  })
})
