import { describe, expect, it } from 'vitest'
import { readReport } from './report'
import { ended } from './uploads'

const state = (raw: Record<string, unknown>): string => ended(readReport(raw)).state

describe('a file of readings', () => {
  it('ends as its report says', () => {
    expect(state({ state: 'done', accepted: 3 })).toBe('done')
    expect(state({ state: 'done', corrected: 1 })).toBe('done')
    expect(state({ state: 'refused', refused: 3 })).toBe('refused')
    expect(state({ state: 'known', accepted: 3 })).toBe('known')
  })
})
