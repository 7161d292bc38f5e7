import { describe, expect, it } from 'vitest'
import { clockOf, dayOf, instant, midnight, parseDay, ticks, tickText } from './berlin'

const iso = (at: number): string => new Date(at * 1000).toISOString().slice(0, 16)

const hours = (day: string): number => {
  const start = parseDay(day) ?? 0
  return (midnight(start, 1) - start) / 3600
}

describe('the clock of Berlin', () => {
  it('knows days of 23, 24 and 25 hours', () => {
    expect(hours('2026-03-29')).toBe(23)
    expect(hours('2026-10-25')).toBe(25)
    expect(hours('2026-11-22')).toBe(24)
  })

  it('takes the first of an hour that comes twice and steps over one that is left out', () => {
    expect(iso(instant(2026, 9, 25, 2, 30))).toBe('2026-10-25T00:30')
    expect(clockOf(instant(2026, 2, 29, 2, 30)).getUTCHours()).toBe(3)
  })

  it('reads days and refuses what is none', () => {
    expect(iso(parseDay('2026-07-01') ?? 0)).toBe('2026-06-30T22:00')
    expect(parseDay('2026-02-30')).toBeNull()
    expect(parseDay('gestern')).toBeNull()
    expect(dayOf(parseDay('2026-12-31') ?? 0)).toBe('2026-12-31')
  })

  it('puts ticks on round local times, also across a change of the clock', () => {
    const start = parseDay('2026-10-25') ?? 0
    const texts = ticks(start, midnight(start, 1), 8).map((at) => tickText(at, 86_400))
    expect(texts).toEqual(['25.10.', '03:00', '06:00', '09:00', '12:00', '15:00', '18:00', '21:00', '26.10.'])
    const spring = parseDay('2026-03-29') ?? 0
    expect(ticks(spring, midnight(spring, 1), 8).map((at) => tickText(at, 86_400))).toEqual(['29.3.', '03:00', '06:00', '09:00', '12:00', '15:00', '18:00', '21:00', '30.3.'])
  })

  it('names months and the year', () => {
    const texts = ticks(parseDay('2025-11-22') ?? 0, parseDay('2026-11-22') ?? 0, 8).map((at) => tickText(at, 365 * 86_400))
    expect(texts).toEqual(['2026', 'Mrz', 'Mai', 'Jul', 'Sep', 'Nov'])
  })
})
