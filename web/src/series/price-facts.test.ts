import { expect, it } from 'vitest'
import { hourly, stretchOf, type Prices } from './price-facts'

const HOUR = 3600
const made = (values: (number | null)[], from = 0, seconds = HOUR): Prices => ({ ts: values.map((_, row) => from + row * seconds), values, seconds })

it('makes hours of quarters and leaves out what is not known as a whole', () => {
  expect(hourly(made([1, 2, 3, 4, 5, null, 7, 8], 0, 900))).toEqual({ ts: [0, HOUR], values: [2.5, null], seconds: HOUR })
  expect(hourly(made([1], 0, 86_400)).seconds).toBe(86_400)
})

it('takes a stretch as the API says it', () => {
  expect([stretchOf({ start: 1, end: 2, mean: 3 }), stretchOf(null)]).toEqual([{ from: 1, to: 2, mean: 3 }, null])
})
