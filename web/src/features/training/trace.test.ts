import { describe, expect, it } from 'vitest'
import type { TrainPoint } from '@/api/types'
import { verdictOf, measuredOf } from './told'
import { axisTop, remaining, thinned, trace } from './trace'

const point = (step: number, loss: number | null, held_loss: number | null = null): TrainPoint => ({ step, loss, held_loss, rate: null, seconds: step * 2 })

describe('the curve', () => {
  it('goes through the known points from the lower left', () => {
    const points = [point(0, 4), point(5, null), point(10, 1, 2)]
    expect(axisTop(points)).toBe(4)
    expect(trace(points, 'loss', 10, 4)).toBe('M0 0 L100 75')
    expect(trace(points, 'held_loss', 10, 4)).toBe('M100 50')
  })

  it('ends its axis at a round number above everything, also where nothing is known', () => {
    expect([axisTop([point(1, 0.23)]), axisTop([point(1, 3.1)]), axisTop([point(1, 10.3)]), axisTop([point(1, null)])]).toEqual([0.25, 4, 12, 1])
  })

  it('says how long the steps to come take, where that can be said', () => {
    expect(remaining([point(1, 1), point(2, 1)], 12)).toBe(20)
    const resumed = [point(8, 1), { ...point(9, 1), seconds: 3 }, { ...point(10, 1), seconds: 4 }]
    expect(remaining(resumed, 12)).toBe(2)
    expect([remaining([point(1, 1)], 12), remaining([point(1, 1), point(2, 1)], 2), remaining([], 3)]).toEqual([null, null, null])
  })

  it('is thinned for its table and keeps its end', () => {
    const many = Array.from({ length: 1001 }, (_, step) => point(step, 1))
    const some = thinned(many, 50)
    expect(some.length).toBeLessThanOrEqual(52)
    expect(some.at(-1)?.step).toBe(1000)
  })
})

describe('what is told', () => {
  it('is shown as far as it is known', () => {
    expect(verdictOf({})).toMatchObject({ gates: [], held: 0, topics: [], beside: [], win: null, problems: [] })
    expect(verdictOf({ gates: [{ name: 'a', passed: true, reason: 'gut' }, { name: 'b', passed: false, reason: 'schlecht' }, 'unfug'], worst: null })).toMatchObject({ held: 2 })
    expect(measuredOf({})).toBeNull()
    expect(measuredOf({ hours: 2, budget: { hours: 1 } })?.needs[0]).toMatchObject({ over: true })
  })
})
