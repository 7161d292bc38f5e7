import { expect, it } from 'vitest'
import type { Product } from '@/api/types'
import { counting } from './day-ahead'

const product = (market: string, name = 'DAY_AHEAD', zone = 'DE-LU'): Product => ({ market, product: name, zone, seconds: [900], since: 0, until: 10, derived: false })

it('takes the first day-ahead prices in the order of the API, those of Germany before others', () => {
  expect(counting([product('EEX', 'BASE'), product('EPEX', 'DAY_AHEAD', 'AT'), product('EPEX'), product('EEX')])).toMatchObject({ market: 'EPEX', zone: 'DE-LU' })
  expect(counting([product('EPEX', 'DAY_AHEAD', 'AT')])?.zone).toBe('AT')
  expect(counting([product('EEX', 'BASE')])).toBeNull()
})
