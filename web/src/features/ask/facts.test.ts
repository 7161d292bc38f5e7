import { describe, expect, it } from 'vitest'
import type { Fact } from '@/api/types'
import { drawnOf, mainFact, pictureOf, placeOf, queryRows } from './facts'

const FROM = Date.UTC(2026, 9, 25, 23) / 1000
const TO = FROM + 7 * 86_400
const window = { from: '2026-10-25T23:00:00Z', to: '2026-11-01T23:00:00Z' }

const fact = (more: Partial<Fact> = {}): Fact => ({ fact_id: 'f1', label: 'Verbrauch', value: 1, unit: 'kWh', text: '1,0 kWh', query: { tool: 'energy', meter: 'haus-1', column: 'consumption', ...window }, rows: 4, chart: null, ...more })

const measured = fact({ chart: { unit: 'kW', ts: [FROM, FROM + 3600], columns: { gemessen: [1, 2], gemessen_max: [1, 2] } } })
const expected = fact({ fact_id: 'f2', query: { tool: 'expected', meter: 'haus-1', column: 'consumption', ...window }, chart: { unit: 'kW', ts: [FROM, FROM + 3600], columns: { gemessen: [1, 2], erwartet: [1, 1], von: [0, 0], bis: [2, null] } } })
const at = (tool: string, value: number, more = {}): Fact => fact({ value, unit: 'Zeitpunkt', query: { tool, meter: 'haus-1', ...more, ...window } })

describe('a fact', () => {
  it('is drawn where it has an expectation, else the first that has columns', () => {
    expect(mainFact([fact(), measured, expected])).toBe(expected)
    expect(mainFact([fact(), measured])).toBe(measured)
    expect(mainFact([fact()])).toBeNull()
  })

  it('is not drawn from what are no columns', () => {
    expect([null, 'x', {}, { ts: [], columns: {} }, { ts: [1], columns: { a: [1, 2] } }].map(drawnOf)).toEqual([null, null, null, null, null])
  })

  it('shows measured and expected with the band, the same line once', () => {
    const picture = pictureOf(expected, [expected])
    expect(picture?.lines.map((line) => [line.name, line.seconds, Boolean(line.band)])).toEqual([
      ['gemessen', 3600, false],
      ['erwartet, mit üblichem Band', 3600, true],
    ])
    expect([picture?.from, picture?.to]).toEqual([FROM, TO])
    expect(pictureOf(measured)?.lines).toHaveLength(1)
  })

  it('marks what other facts of the same meter say of moments', () => {
    const facts = [expected, at('peak_time', FROM + 3600), at('cause_edge', FROM + 7200, { cause: 'event', edge: 'start' }), at('cause_edge', FROM + 9000, { cause: 'event', edge: 'end' }), { ...at('peak_time', FROM), query: { tool: 'peak_time', meter: 'andere' } }]
    expect(pictureOf(expected, facts)?.marks).toEqual([
      { from: FROM + 3600, label: 'Spitze', ink: 'production' },
      { from: FROM + 7200, to: FROM + 9000, label: 'auffällig', ink: 'production' },
    ])
  })

  it('leads to its meter and days, prices to the market, several meters nowhere', () => {
    expect(placeOf(expected)).toEqual({ to: '/energie', search: { von: '2026-10-26', bis: '2026-11-01', zaehler: 'haus-1' } })
    expect(placeOf(fact({ query: { tool: 'price_mean', ...window } }))).toEqual({ to: '/markt', search: { von: '2026-10-26', bis: '2026-11-01' } })
    expect([placeOf(fact({ query: { tool: 'energy', meter: 'a + b', ...window } })), placeOf(fact({ query: { tool: 'energy', meter: 'a' } }))]).toEqual([null, null])
  })

  it('tells its query in words', () => {
    expect(queryRows(fact({ query: { tool: 'energy', meter: 'haus-1', column: 'import', hours: [1020, 1200], ...window } })).map(({ name, value }) => `${name}: ${value}`)).toEqual([
      'Abfrage: Summe aus Leistung × Dauer',
      'Größe: Netzbezug',
      'Fenster: 26.10.2026, 00:00 bis 02.11.2026, 00:00',
      'Uhrzeit: 17:00 bis 20:00',
      'Zähler: haus-1',
    ])
  })
})
