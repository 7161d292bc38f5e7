import { describe, expect, it } from 'vitest'
import { instant } from '@/lib/berlin'
import { belowZero, cheapest, cut, dayFacts, hourly, priceAt, type Prices } from './price-facts'

const HOUR = 3600
const made = (values: (number | null)[], from = 0, seconds = HOUR): Prices => ({ ts: values.map((_, row) => from + row * seconds), values, seconds })

describe('the cheapest stretch', () => {
  it('is contiguous and the earliest of equals', () => {
    expect(cheapest(made([5, 1, 9, 2, 2, 8, 2, 2]), 2 * HOUR)).toEqual({ from: 3 * HOUR, to: 5 * HOUR, mean: 2 })
  })

  it('does not reach over a gap, a null or the end', () => {
    const prices: Prices = { ts: [0, HOUR, 3 * HOUR, 4 * HOUR], values: [1, 1, 1, 4], seconds: HOUR }
    expect(cheapest(prices, 3 * HOUR)).toBeNull()
    expect(cheapest(made([1, null, 1]), 2 * HOUR)).toBeNull()
    expect(cheapest(made([3, 1]), 2 * HOUR)).toEqual({ from: 0, to: 2 * HOUR, mean: 2 })
    expect(cheapest(made([]), HOUR)).toBeNull()
    expect(cheapest(made([1]), Number.NaN)).toBeNull()
  })

  it('counts a last interval in part', () => {
    expect(cheapest(made([10, 2, 6, 9]), 1.5 * HOUR)).toEqual({ from: HOUR, to: 2.5 * HOUR, mean: (2 + 6 * 0.5) / 1.5 })
  })

  it('keeps to its bounds', () => {
    expect(cheapest(made([1, 5, 4, 1]), HOUR, HOUR, 3 * HOUR)?.from).toBe(2 * HOUR)
  })

  it('goes on over the hour that comes twice', () => {
    const from = instant(2026, 9, 25)
    expect(cheapest(made([9, 9, 1, 1, 1, 9], from), 3 * HOUR)).toEqual({ from: from + 2 * HOUR, to: from + 5 * HOUR, mean: 1 })
  })
})

describe('hours and days', () => {
  it('makes hours of quarters and leaves out what is not known as a whole', () => {
    expect(hourly(made([1, 2, 3, 4, 5, null, 7, 8], 0, 900))).toEqual({ ts: [0, HOUR], values: [2.5, null], seconds: HOUR })
    expect(hourly(made([1], 0, 86_400)).seconds).toBe(86_400)
  })

  it('says base, peak and hours of a working day', () => {
    const from = instant(2026, 10, 20)
    const facts = dayFacts(made(Array.from({ length: 24 }, (_, hour) => (hour >= 8 && hour < 20 ? 100 : hour === 3 ? -20 : 40)), from), from + 5 * HOUR)
    expect(facts.whole).toBe(true)
    expect(facts.peak).toBe(100)
    expect(facts.base).toBeCloseTo((1200 + 11 * 40 - 20) / 24)
    expect(facts.cheap).toEqual({ from: from + 3 * HOUR, to: from + 4 * HOUR, mean: -20 })
    expect(facts.dear).toEqual({ from: from + 8 * HOUR, to: from + 9 * HOUR, mean: 100 })
  })

  it.each([
    [instant(2026, 9, 25), 25],
    [instant(2026, 2, 29), 23],
  ])('knows days of 25 and 23 hours, and that Sundays have no peak', (from, hours) => {
    const facts = dayFacts(made(Array.from({ length: hours }, () => 10), from), from)
    expect([facts.whole, facts.base, facts.peak, facts.weekend]).toEqual([true, 10, null, true])
    expect(dayFacts(made(Array.from({ length: hours - 1 }, () => 10), from), from).base).toBeNull()
  })

  it('counts hours below nothing', () => {
    expect(belowZero(made([-1, 0, -2, null, 5]))).toEqual({ hours: 2, known: 4 })
    expect(belowZero(made([-1, -1, 3, -2], 0, 900))).toEqual({ hours: 1, known: 1 })
  })

  it('finds the interval of an instant', () => {
    expect([priceAt(made([1, 2]), HOUR), priceAt(made([1, 2]), 2 * HOUR - 1), priceAt(made([1, 2]), 2 * HOUR)]).toEqual([2, 2, null])
    expect(cut(made([1, 2, 3]), HOUR, 2 * HOUR)).toEqual(made([2], HOUR))
  })
})
