import { expect, it } from 'vitest'
import { cheapest, priceAt } from './cheapest'

const HOUR = 3600
const day = (values: (number | null)[]) => ({ ts: values.map((_, row) => row * HOUR), values, seconds: HOUR })

it('finds the cheapest stretch of the rest of a day', () => {
  const prices = day([1, 1, 1, 9, 5, 4, 3, 6, 2])
  expect(cheapest(prices, 0, 9 * HOUR)).toEqual({ from: 0, to: 3 * HOUR, mean: 1 })
  expect(cheapest(prices, 3 * HOUR, 9 * HOUR)).toEqual({ from: 6 * HOUR, to: 9 * HOUR, mean: 11 / 3 })
  expect(cheapest(prices, 3 * HOUR, 8 * HOUR)).toEqual({ from: 4 * HOUR, to: 7 * HOUR, mean: 4 })
})

it('takes no stretch with a gap, and none where too little is left', () => {
  expect(cheapest(day([1, null, 1, 9, 9, 8]), 0, 6 * HOUR)?.from).toBe(2 * HOUR)
  expect(cheapest({ ts: [0, HOUR, 3 * HOUR, 4 * HOUR], values: [1, 1, 1, 1], seconds: HOUR }, 0, 9 * HOUR)).toBeNull()
  expect(cheapest(day([1, 2]), 0, 9 * HOUR)).toBeNull()
})

it('knows the price of an instant only while its interval lasts', () => {
  const prices = day([1, null, 3])
  expect([0, HOUR - 1, HOUR, 2 * HOUR, 3 * HOUR, -1].map((at) => priceAt(prices, at))).toEqual([1, 1, null, 3, null, null])
})
