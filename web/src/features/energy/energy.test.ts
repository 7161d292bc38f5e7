import { describe, expect, it } from 'vitest'
import type { EnergyFigure, MeterSeries } from '@/api/types'
import { rangeOf } from '@/series'
import { change, noteOf, said, saving } from './kpi'
import { alongside, periodBefore, questionOf, upTo, zoomed } from './periods'
import { pictureOf } from './picture'
import { gapsOf, lengthText, qualityOf } from './quality'
import { readEnergySearch } from './search'

const DAY = 86_400
/** Midnight in Berlin of the day that had 25 hours. */
const LONG = Date.UTC(2026, 9, 24, 22) / 1000
const FROM = Date.UTC(2026, 10, 15, 23) / 1000

const series = (ts: number[], more: Partial<MeterSeries> = {}): MeterSeries => {
  const mean = ts.map((_, row) => row + 1)
  return { meter_id: 'haus', unit: 'kW', resolution: 900, columns: { ts, min: mean, mean, max: mean }, production: null, peak: null, quality: { measured: ts.length }, voltage: null, ...more }
}
const figure = (more: Partial<EnergyFigure> = {}): EnergyFigure => ({ name: 'energy', value: 100, unit: 'kWh', meaning: '', reason: '', at: null, covered: 1, rows: 96, basis: 'am 16.11.2026', text: '', ...more })
const saves = (value: number | null) => [figure({ name: 'spot_saves', value, unit: 'EUR', text: value === null ? '' : `${value.toFixed(2).replace('.', ',')} EUR` })]

describe('the address', () => {
  it('keeps a meter and the comparison, and drops nonsense', () => {
    expect(readEnergySearch({ zaehler: 'DE-1', vergleich: 'true', zeitraum: '30t' })).toEqual({ zaehler: 'DE-1', vergleich: true, zeitraum: '30t' })
    expect(readEnergySearch({ zaehler: 4711 })).toEqual({ zaehler: '4711' })
    expect(readEnergySearch({ zaehler: '<b>', vergleich: 'vielleicht', von: 'gestern' })).toEqual({})
  })
})

describe('a figure', () => {
  it('is said as the API writes it', () => {
    expect([said(figure({ text: '662.200,0 kWh' })), said(figure({ value: 0.874, text: '87 %' })), said(figure({ value: null })), said(undefined)].map(({ value, unit }) => `${value} ${unit}`.trim())).toEqual(['662.200,0 kWh', '87 %', '–', '–'])
  })

  it('tells its change in per cent, shares in points', () => {
    expect(change(figure({ value: 112 }), figure())).toBe('+12 %')
    expect(change(figure({ value: 95.5 }), figure())).toBe('−4,5 %')
    expect(change(figure({ value: 0.5, unit: '1' }), figure({ value: 0.42, unit: '1' }))).toBe('+8 Prozentpunkte')
  })

  it('compares no half known period with a whole one', () => {
    expect(change(figure(), figure({ covered: 0.5 }))).toContain('nicht vergleichbar')
    expect(change(figure(), figure({ value: null }))).toContain('keinen Wert')
    expect(change(figure({ value: null }), figure())).toBe('')
  })

  it('says when, why not, or of how much', () => {
    expect(noteOf(figure({ at: FROM }))).toBe('am 16.11.2026, 00:00 Uhr')
    expect(noteOf(figure({ value: null, reason: 'Es gibt keine Messwerte.' }))).toBe('Es gibt keine Messwerte.')
    expect([noteOf(figure({ covered: 0.19, basis: 'am 16.11.2026, 19,4 Stunden fehlen' })), noteOf(figure({ covered: 0.99 })), noteOf(figure({ unit: 'EUR', basis: 'Arbeitspreis' }))]).toEqual(['am 16.11.2026, 19,4 Stunden fehlen', '', 'Arbeitspreis'])
  })

  it('says which tariff costs less', () => {
    expect([saving(saves(7.5)), saving(saves(-2.5)), saving(saves(0)), saving(saves(null)), saving(undefined)]).toEqual(['7,50 EUR weniger als zum Festpreis', '2,50 EUR mehr als zum Festpreis', 'so viel wie zum Festpreis', '', ''])
  })
})

describe('quality', () => {
  const range = { from: FROM, to: FROM + DAY }
  const known = { first: FROM - 30 * DAY, last: FROM + DAY - 900, seconds: 900 }
  const whole = Array.from({ length: 96 }, (_, row) => FROM + row * 900)

  it('finds gaps within, at the begin and at the end, but none after the newest value', () => {
    expect(gapsOf(series(whole), range, known)).toEqual([])
    expect(gapsOf(series(whole.slice(4, 20).concat(whole.slice(28, 92))), range, known)).toEqual([
      { from: FROM, to: FROM + 3600 },
      { from: FROM + 20 * 900, to: FROM + 28 * 900 },
      { from: FROM + 92 * 900, to: FROM + DAY },
    ])
    expect(gapsOf(series(whole.slice(0, 40)), range, { ...known, last: FROM + 39 * 900 })).toEqual([])
    expect(gapsOf(series(whole.slice(40)), range, { ...known, first: FROM + 40 * 900 })).toEqual([])
  })

  it('says in words how much is known', () => {
    expect(qualityOf(series(whole), range, known).text).toBe('Vollständig: 96 gemessene Werte.')
    expect(qualityOf(series(whole.slice(8), { quality: { measured: 87, substitute: 1 } }), range, known).text).toBe('87 gemessene Werte, 1 Ersatzwert; 8 fehlen (2 Stunden).')
    expect(qualityOf(series([], { quality: {} }), range, { ...known, last: null })).toEqual({ text: 'Keine Werte.', missing: 0, substitutes: 0 })
  })

  it('counts no interval that had to begin before the range or has not come yet', () => {
    const late = { from: FROM + 300, to: FROM + DAY + 300 }
    expect(qualityOf(series(whole.slice(1)), late, known).missing).toBe(0)
  })

  it('tells lengths', () => {
    expect([900, 3600, 5400, 90_000, 172_800].map(lengthText)).toEqual(['15 Minuten', '1 Stunde', '1 Stunde 30 Minuten', '1 Tag 1 Stunde', '2 Tage'])
  })
})

describe('periods', () => {
  it('takes the day before the day of 25 hours, and lays it beside by the clock', () => {
    const day = rangeOf({ von: '2026-10-25', bis: '2026-10-25' }, '7t', 0)
    const past = periodBefore(day)
    expect([past.from, past.to]).toEqual([LONG - DAY, LONG])
    const hours = Array.from({ length: 24 }, (_, hour) => past.from + hour * 3600)
    const { ts } = alongside(hours, past, day)
    expect(ts.slice(0, 4).map((at) => (at - LONG) / 3600)).toEqual([0, 1, 2, 4])
    expect(ts.at(-1)).toBe(LONG + 24 * 3600)
  })

  it('goes to the newest value with a range as long', () => {
    expect(upTo(FROM + 3600, 900, { from: 0, to: 7 * DAY })).toEqual({ von: '2026-11-10', bis: '2026-11-16' })
    expect(upTo(FROM + 2700, 900, { from: 0, to: 7200 })).toEqual({ von: '2026-11-15T22:00Z', bis: '2026-11-16T00:00Z' })
  })

  it('zooms to whole days, or to whole intervals and at least four of them', () => {
    expect(zoomed(FROM + 60, FROM + 600, 900)).toEqual({ von: '2026-11-15T22:30Z', bis: '2026-11-15T23:30Z' })
    expect(zoomed(FROM + 100, FROM + 7300, 900)).toEqual({ von: '2026-11-15T23:00Z', bis: '2026-11-16T01:15Z' })
    expect(zoomed(FROM + 3600, FROM + 3 * DAY - 7200, 900)).toEqual({ von: '2026-11-16', bis: '2026-11-18' })
  })

  it('asks as Luna reads it', () => {
    expect(questionOf('Werk „Nord“', { from: FROM, to: FROM + 7 * DAY })).toBe('Warum war der Verbrauch von Werk Nord vom 16.11.2026 bis 22.11.2026 so hoch?')
    expect(questionOf('Haus', { from: FROM, to: FROM + DAY })).toContain('am 16.11.2026 so hoch?')
    expect(questionOf('Haus', { from: FROM + 14 * 3600, to: FROM + 18.5 * 3600 })).toContain('am 16.11.2026 von 14 bis 18:30 Uhr')
  })
})

describe('the picture', () => {
  const range = { from: FROM, to: FROM + DAY }
  const given = { range, interval: 900, gaps: [] }
  const curve = series([FROM, FROM + 900])

  it('takes in the newest reading before the server is asked again', () => {
    const newest = { meter_id: 'haus', ts: FROM + 1800, consumption_kw: 7, production_kw: null, quality: 'measured' }
    expect(pictureOf({ ...given, series: curve, newest }).lines[0]?.values).toEqual([1, 2, 7])
    expect(pictureOf({ ...given, series: curve, newest: { ...newest, ts: FROM } }).lines[0]?.values).toEqual([1, 2])
  })

  it('marks the peak and draws the forecast from the last value on, the past beside it', () => {
    const ts = [FROM, FROM + 900, FROM + 1800, FROM + DAY]
    const none = ts.map(() => null)
    const forecast = { columns: { ts, mean: [1, 2, 3, 4], median: none, low: none, high: none, naive: none, seasonal: none, actual: none }, resolution: 900, unit: 'kW' } as never
    const picture = pictureOf({ ...given, series: { ...curve, peak: { value: 2, ts: FROM + 900 } }, forecast, past: { series: series([FROM - DAY]), range: { from: FROM - DAY, to: FROM } } })
    expect(picture.lines.map((line) => [line.name, line.ts])).toEqual([
      ['Verbrauch', [FROM, FROM + 900]],
      ['Zeitraum davor', [FROM]],
      ['Vorhersage', [FROM + 1800, FROM + DAY]],
    ])
    expect(picture.to).toBe(FROM + DAY + 900)
    expect(picture.marks).toEqual([{ from: FROM + 900, label: 'Spitze 2 kW, 16.11. 00:15', ink: 'production' }])
  })
})
