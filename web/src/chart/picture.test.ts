import { describe, expect, it } from 'vitest'
import { csvOf, formatValue, pairs, tableOf, type Line } from './picture'

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
})
