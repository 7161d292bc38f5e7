import { describe, expect, it } from 'vitest'
import { aligned, extent, niceStep } from './axes'
import type { Line } from './picture'

const line = (more: Partial<Line>): Line => ({ name: '', ink: 'price', ts: [], values: [], seconds: 900, unit: '', ...more })

describe('two axes', () => {
  it.each([
    [[[-20, 120], [0, 2.4]]],
    [[[-500, 40], [0, 9]]],
    [[[0, 90], [0, 90_000]]],
    [[[-80, 0], [0, 3]]],
    [[[-3, 0], [-9, 0]]],
    [[[0, 0], [0, 0]]],
    [[[-0.004, 0.1], [-1, 7]]],
  ] as [number, number][][][])('have one zero and hold everything: %j', (extents) => {
    const bounds = aligned(extents)
    const zeros = bounds.map(({ min, max }) => -min / (max - min))
    expect(zeros[0]).toBeCloseTo(zeros[1] ?? Number.NaN, 9)
    bounds.forEach(({ min, max, interval }, index) => {
      expect(min).toBeLessThanOrEqual(extents[index]?.[0] ?? 0)
      expect(max).toBeGreaterThanOrEqual(extents[index]?.[1] ?? 0)
      expect(max).toBeGreaterThan(min)
      expect(Math.round((max - min) / interval)).toBeLessThanOrEqual(6)
      expect(Object.is(min, -0)).toBe(false)
    })
  })

  it('do not waste a half without need', () => {
    for (const extents of [[[0, 118], [0, 2.4]], [[-20, 120], [0, 2.4]]] as [number, number][][]) {
      const room = aligned(extents).map(({ min, max }, index) => (max - min) / ((extents[index]?.[1] ?? 0) - (extents[index]?.[0] ?? 0)))
      expect(Math.max(...room)).toBeLessThan(1.5)
    }
  })

  it('take bands into account, and neither nulls nor NaN', () => {
    expect(extent([line({ values: [1, null, Number.NaN], band: { min: [-4, null], max: [9, null], name: '' } })])).toEqual([-4, 9])
    expect(extent([])).toEqual([0, 0])
  })

  it('step by round numbers', () => {
    expect([0.3, 1, 2.1, 24, 26, 0, Number.NaN].map(niceStep)).toEqual([0.3, 1, 2.5, 25, 30, 1, 1])
  })
})
