import { expect, it } from 'vitest'
import type { Product } from '@/api/types'
import { reachingFurthest } from './day-ahead'

const product = (market: string, until: number, seconds: number[], name = 'DAY_AHEAD'): Product => ({ market, product: name, zone: 'DE-LU', seconds, since: 0, until, derived: false })

it('takes the prices that reach furthest, then the finest, then the first', () => {
  expect(reachingFurthest([product('EPEX', 10, [3600]), product('EEX', 20, [3600]), product('APX', 20, [900]), product('X', 20, [900]), product('EEX', 99, [86_400], 'BASE')])?.market).toBe('APX')
  expect(reachingFurthest([product('EEX', 99, [86_400], 'BASE')])).toBeNull()
})
