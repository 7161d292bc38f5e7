import { describe, expect, it } from 'vitest'
import { instant } from '@/lib/berlin'
import { csvOf, formatValue, isEmpty, momentText, pairs, tableOf, type Line } from './picture'

const line = (more: Partial<Line> = {}): Line => ({ name: 'Verbrauch', ink: 'consumption', ts: [0, 900], values: [1, 2], seconds: 900, unit: 'kW', ...more })

describe('a picture', () => {
  it('breaks a line where intervals are missing and holds the last value to its end', () => {
    expect(pairs([0, 900, 3600], [1, 2, 3], 900)).toEqual([
      [0, 1],
      [900_000, 2],
      [1_800_000, 2],
      [1_800_000, null],
      [3_600_000, 3],
      [4_500_000, 3],
    ])
  })

  it('does not take a day of 25 hours for a gap', () => {
    expect(pairs([0, 90_000], [1, 2], 86_400)).toHaveLength(3)
  })

  it('puts lines of different instants into one table', () => {
    const table = tableOf({ from: 0, to: 1800, lines: [line({ band: { min: [0, 1], max: [2, null], name: 'Spanne' } }), line({ name: 'Preis', unit: '', ts: [900], values: [-5.5] })] })
    expect(table.heads).toEqual(['Verbrauch (kW)', 'Verbrauch, kleinster (kW)', 'Verbrauch, größter (kW)', 'Preis'])
    expect(table.columns).toEqual([[1, 2], [0, 1], [2, null], [null, -5.5]])
    expect(csvOf(table, String)).toBe('Beginn;Verbrauch (kW);Verbrauch, kleinster (kW);Verbrauch, größter (kW);Preis\r\n0;1;0;2;\r\n900;2;1;;-5,5\r\n')
  })

  it('disarms names and quotes them', () => {
    const text = csvOf(tableOf({ from: 0, to: 900, lines: [line({ name: '=1+1;"x"', unit: '', ts: [0], values: [1] })] }), String)
    expect(text.split('\r\n')[0]).toBe('Beginn;"\'=1+1;""x"""')
  })

  it('writes numbers with as many digits as say something', () => {
    expect([1234.56, 139.24, 3.456, 0.1234, -0.5, null].map((value) => formatValue(value, 'kW'))).toEqual(['1.235 kW', '139,2 kW', '3,46 kW', '0,123 kW', '-0,5 kW', '–'])
  })

  it('draws an interval to its end also where the next is not known', () => {
    expect(pairs([0, 900, 1800], [1, null, 3], 900)).toEqual([
      [0, 1],
      [900_000, 1],
      [900_000, null],
      [1_800_000, 3],
      [2_700_000, 3],
    ])
  })

  it('takes what is no number for not known', () => {
    expect(pairs([0, 900], [Number.NaN, 2], 900)[0]).toEqual([0, null])
    expect(isEmpty({ lines: [line({ values: [Number.NaN, null] })], from: 0, to: 1 })).toBe(true)
    expect([isEmpty({ lines: [], from: 0, to: 1 }), isEmpty({ lines: [line()], from: 0, to: 1 })]).toEqual([true, false])
    expect([formatValue(Number.NaN, 'kW'), formatValue(undefined), formatValue(-0.0001, 'kW')]).toEqual(['–', '–', '0 kW'])
    expect(pairs([], [], 900)).toEqual([])
  })

  it('writes files without the dust of fractions', () => {
    expect(csvOf(tableOf({ from: 0, to: 900, lines: [line({ ts: [0], values: [87.35 * 0.1], unit: 'ct/kWh' })] }), String)).toContain('0;8,735\r\n')
    expect(csvOf({ heads: ['x'], ts: [0], columns: [[Number.NaN]] }, String)).toContain('0;\r\n')
  })

  it('tells the hours apart that a clock shows twice', () => {
    const two = instant(2026, 9, 25, 2)
    expect([two - 3600, two, two + 900, two + 3600, two + 7200].map(momentText)).toEqual([
      '25.10.2026, 01:00',
      '25.10.2026, 02:00 MESZ',
      '25.10.2026, 02:15 MESZ',
      '25.10.2026, 02:00 MEZ',
      '25.10.2026, 03:00',
    ])
  })
})
