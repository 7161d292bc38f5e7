import { describe, expect, it } from 'vitest'
import { progressOf, readForm } from './sim'

const NOW = 1_795_000_000
const sim = (until: number | null, running = true) => ({ running, until, days: 10, smartmeter_interval_sec: 60, market_interval_sec: 300 })

describe('progressOf', () => {
  it('is nothing while it does not run', () => expect(progressOf(sim(NOW, false), NOW)).toBeNull())
  it('grows with the days made', () => {
    expect(progressOf(sim(null), NOW)).toMatchObject({ share: 0, caughtUp: false })
    expect(progressOf(sim(NOW - 5 * 86_400), NOW)?.share).toBeCloseTo(0.5)
    expect(progressOf(sim(NOW - 30 * 86_400), NOW)?.share).toBe(0)
    expect(progressOf(sim(NOW - 400), NOW)).toMatchObject({ share: 0.99, caughtUp: false })
  })
  it('knows when it has caught up', () => expect(progressOf(sim(NOW - 90), NOW)).toMatchObject({ share: 1, caughtUp: true }))
})

describe('readForm', () => {
  it('takes whole numbers inside their bounds', () => {
    expect(readForm({ seed: ' 7 ', meters: '10', days: '0', faults: true })).toEqual({ choice: { seed: 7, meters: 10, days: 0, faults: true }, faults: {} })
  })
  it('names what is wrong', () => {
    const read = readForm({ seed: '-1', meters: '201', days: '1,5', faults: false })
    expect(read.choice).toBeNull()
    expect(Object.keys(read.faults)).toEqual(['seed', 'meters', 'days'])
  })
})
