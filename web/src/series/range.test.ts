import { describe, expect, it } from 'vitest'
import { before, rangeOf, readRangeSearch, searchOf, shifted } from './range'

const NOW = Date.UTC(2026, 10, 22, 13, 5, 20) / 1000

describe('a range of time', () => {
  it('reads what the address says and drops what makes no sense', () => {
    expect(readRangeSearch({ zeitraum: '7t', von: 'x' })).toEqual({ zeitraum: '7t' })
    expect(readRangeSearch({ von: '2026-10-25', bis: '2026-10-25' })).toEqual({ von: '2026-10-25', bis: '2026-10-25' })
    expect(readRangeSearch({ von: '2026-10-26', bis: '2026-10-25' })).toEqual({})
    expect(readRangeSearch({ von: '1990-01-01', bis: '2026-10-25' })).toEqual({})
    expect(readRangeSearch({ zeitraum: '5min' })).toEqual({})
  })

  it('counts local days, also that of 25 hours', () => {
    const range = rangeOf({ von: '2026-10-25', bis: '2026-10-25' }, '7t', NOW)
    expect(range.to - range.from).toBe(25 * 3600)
    expect(searchOf(range.from, range.to)).toEqual({ von: '2026-10-25', bis: '2026-10-25' })
    expect(shifted(range, -1)).toEqual({ von: '2026-10-24', bis: '2026-10-24' })
  })

  it('ends at the next whole step after now', () => {
    const range = rangeOf({ zeitraum: '24h' }, '7t', NOW)
    expect(range.to % 60).toBe(0)
    expect(range.to).toBeGreaterThanOrEqual(NOW)
    expect(before(range)).toEqual({ from: range.from - 86_400, to: range.from, span: null })
  })

  it('writes an instant so that it reads the same again', () => {
    const search = searchOf(NOW, NOW + 7200)
    const range = rangeOf(readRangeSearch({ ...search }), '7t', NOW)
    expect(range.from).toBeLessThanOrEqual(NOW)
    expect(range.to).toBeGreaterThanOrEqual(NOW + 7200)
    expect(range.to - range.from).toBeLessThanOrEqual(7200 + 120)
  })
})
