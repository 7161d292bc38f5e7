import { describe, expect, it } from 'vitest'
import type { ForecastScores, PriceFigures, PriceSeries, Product } from '@/api/types'
import { instant } from '@/lib/berlin'
import { joined, pieces } from './api'
import { amount, nextClock, planOf, wanted } from './charge'
import { choose, fullName, marketName } from './products'
import { readMarketSearch } from './search'
import { CENT, lineIn, MWH, numberOf, priceText } from './unit'
import { leadText, scoreText, spanText } from './words'

const HOUR = 3600
const product = (market: string, name: string, more: Partial<Product> = {}): Product => ({ market, product: name, zone: 'DE-LU', seconds: name === 'DAY_AHEAD' ? [900] : [86_400], since: 0, until: 1, derived: false, ...more })
const answer = (resolution: number, ts: number[], mean: (number | null)[]): PriceSeries => ({ unit: 'EUR/MWh', resolution, columns: { ts, min: mean, mean, max: mean }, quality: {}, market: '', product: '', zone: '', volume: ts.map(() => null) })

describe('the address', () => {
  it('keeps what makes sense and drops the rest', () => {
    expect(readMarketSearch({ markt: 'EEX', produkt: 'BASE', zone: 'DE-LU', einheit: 'ct', fenster: '4', tag: 'morgen', zaehler: 'sim-1', zeitraum: '7t' })).toEqual({
      markt: 'EEX',
      produkt: 'BASE',
      zone: 'DE-LU',
      einheit: 'ct',
      fenster: 4,
      tag: 'morgen',
      zaehler: 'sim-1',
      zeitraum: '7t',
    })
    expect(readMarketSearch({ markt: '<b>', produkt: ['x'], zone: '', einheit: 'kr', fenster: 3, tag: 'gestern', zaehler: 'a b' })).toEqual({})
    expect(readMarketSearch({ fenster: 7, zaehler: 4711 })).toEqual({ zaehler: '4711' })
  })
})

describe('products', () => {
  const all = [product('EPEX', 'DAY_AHEAD'), product('EPEX', 'BASE'), product('EPEX', 'DAY_AHEAD', { zone: 'AT' }), product('EEX', 'PEAK')]

  it('shows only what there is', () => {
    expect(choose([], {}, 0)).toBeNull()
    expect(choose(all, {}, 0)?.shown).toBe(all[0])
    expect(choose(all, { markt: 'NIRGENDS', produkt: 'X' }, 0)?.shown).toBe(all[0])
    expect(choose(all, { markt: 'EPEX', zone: 'AT', produkt: 'BASE' }, 0)?.shown).toBe(all[2])
    expect(choose(all, {}, 0)?.markets).toEqual([all[0], all[2], all[3]])
    expect(all.map((one) => marketName(one, all))).toEqual(['EPEX DE-LU', 'EPEX DE-LU', 'EPEX AT', 'EEX'])
    expect(fullName(product('EEX', 'INTRADAY'))).toBe('EEX Intraday (DE-LU)')
  })

  it('begins with a market whose prices reach to the present', () => {
    const old = [product('EPEX', 'DAY_AHEAD', { until: 50 }), product('EEX', 'DAY_AHEAD', { until: 200 }), product('EEX', 'BASE', { until: 200 })]
    expect(choose(old, {}, 100)?.shown).toBe(old[1])
    expect(choose(old, {}, 500)?.shown).toBe(old[1])
    expect(choose(old, { markt: 'EPEX' }, 100)?.shown).toBe(old[0])
  })

  it('takes hours from day-ahead where a product has days only', () => {
    expect(choose(all, { markt: 'EPEX', produkt: 'BASE' }, 0)).toMatchObject({ shown: all[1], fine: all[0] })
    expect(choose(all, { markt: 'EEX' }, 0)).toMatchObject({ shown: all[3], fine: null })
  })
})

describe('units and words', () => {
  it('writes prices in both units and no minus before nothing', () => {
    expect([priceText(87.345, MWH), priceText(87.345, CENT), priceText(-5, MWH), priceText(null, CENT), numberOf(-0.001, CENT)]).toEqual(['87,35 EUR/MWh', '8,73 ct/kWh', '-5,00 EUR/MWh', '–', '0,00'])
    const line = lineIn({ name: '', ink: 'price', ts: [0], values: [50], seconds: 900, unit: 'EUR/MWh', band: { min: [10], max: [null], name: '' } }, CENT)
    expect([line.unit, line.values, line.band?.min, line.band?.max]).toEqual(['ct/kWh', [5], [1], [null]])
  })

  it('says the present price and the cheapest time', () => {
    const now = instant(2026, 10, 22, 3, 10)
    const best = { from: instant(2026, 10, 23, 21), to: instant(2026, 10, 24), mean: 12 }
    expect(leadText(now, -2, best, MWH)).toBe('Jetzt -2,00 EUR/MWh, also unter 0. Am günstigsten wird es morgen von 21:00 bis 24:00 Uhr: 12,00 EUR/MWh im Mittel.')
    expect(leadText(now, null, null, MWH)).toBe('Für diesen Augenblick ist kein Preis bekannt.')
    expect(spanText({ from: instant(2026, 9, 25, 1), to: instant(2026, 9, 25, 4) })).toBe('01:00 bis 04:00 Uhr')
  })

  it('says how good the forecast was, and when it was not', () => {
    const scores: ForecastScores = { days: 28, mae: 21.1, naive: 25, seasonal: 22, rmae: 0.84, seasonal_rmae: 0.9, inside: 0.84, bias: 0 }
    expect(scoreText(scores, CENT)).toBe('Die Vorhersage lag an den letzten 28 bewerteten Tagen im Mittel 2,11 ct/kWh daneben, 16 % weniger als der Preis der Vorwoche (rMAE 0,84). 84 % der Preise lagen im 90-%-Band.')
    expect(scoreText({ ...scores, rmae: 1.2 }, MWH)).toContain('nicht besser als der Preis der Vorwoche (rMAE 1,20)')
    expect(scoreText({ ...scores, mae: null }, MWH)).toBeNull()
  })
})

describe('when to charge', () => {
  const now = instant(2026, 10, 22, 10, 5)
  const from = instant(2026, 10, 22, 10)

  const found = (more: Partial<PriceFigures>): PriceFigures => ({ market: '', zone: '', start: from, end: from + 5 * HOUR, said: '', hours: 1.5, now: 1, whole: true, base: 65, peak: null, cheapest: null, dearest: null, cheapest_hour: null, dearest_hour: null, spread: null, negative_h: 0, known_h: 5, texts: {}, ...more })

  it('asks for as many hours as it takes, and says what they cost against the mean', () => {
    expect(wanted({ kwh: 15, kw: 10, by: '' }, now, from + 5 * HOUR)).toEqual({ hours: 1.5, from, to: from + 5 * HOUR, by: null })
    expect(wanted({ kwh: 15, kw: 10, by: '12:00' }, now, from + 5 * HOUR).to).toBe(instant(2026, 10, 22, 12))
    const plan = planOf(found({ cheapest: { start: from + 2 * HOUR, end: from + 3.5 * HOUR, mean: 40, text: '', price: '' } }), { kwh: 15, kw: 10, by: '' }, now)
    expect(plan).toEqual({ kind: 'found', stretch: { from: from + 2 * HOUR, to: from + 3.5 * HOUR, mean: 40 }, hours: 1.5, cost: 0.6, usual: 0.975, until: from + 5 * HOUR })
  })

  it('says why it cannot tell', () => {
    expect(planOf(found({ known_h: 1 }), { kwh: 50, kw: 10, by: '' }, now)).toEqual({ kind: 'short', hours: 5, known: 1 })
    expect(planOf(found({}), { kwh: 20, kw: 10, by: '12:00' }, now)).toMatchObject({ kind: 'late', hours: 2 })
    expect(planOf(null, { kwh: 1, kw: 1, by: '' }, now)).toEqual({ kind: 'none' })
  })

  it('keeps to the clock also across the night in which it changes', () => {
    const evening = instant(2026, 9, 24, 22)
    expect(nextClock(evening, '06:00')).toBe(instant(2026, 9, 25, 6))
    expect((nextClock(evening, '06:00') ?? 0) - evening).toBe(9 * HOUR)
    expect([nextClock(evening, '25:00'), nextClock(evening, '')]).toEqual([null, null])
  })

  it('reads German numbers', () => {
    expect(['7,4', '11', '0', '-3', '', 'viel', '1e99'].map(amount)).toEqual([7.4, 11, null, null, null, null, null])
  })
})

describe('a long time', () => {
  it('is asked for in pieces of whole local days without a gap', () => {
    const found = pieces({ from: instant(2026, 0, 1, 5), to: instant(2026, 11, 31, 5) })
    expect(found[0]?.from).toBe(instant(2026, 0, 1))
    expect(found.at(-1)?.to).toBe(instant(2027, 0, 1))
    expect(found.slice(1).every((piece, index) => piece.from === found[index]?.to)).toBe(true)
    expect(found.every((piece) => (piece.to - piece.from) / HOUR + 1 <= 2000)).toBe(true)
  })

  it('joins hours and quarters, and leaves out what is coarser', () => {
    expect(joined([answer(3600, [0], [5]), answer(900, [3600, 4500, 5400, 6300], [1, 2, 3, 4]), answer(86_400, [86_400], [9])])).toEqual({ ts: [0, 3600], values: [5, 2.5], seconds: 3600 })
  })
})
