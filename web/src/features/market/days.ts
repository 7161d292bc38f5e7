import { useMemo } from 'react'
import type { PriceFigures, PriceSeries } from '@/api/types'
import { midnight } from '@/lib/berlin'
import { stretchOf, useForecast, usePriceFigures, usePrices, type Prices, type Stretch } from '@/series'
import { asked, type Choice } from './products'

export interface Days {
  window: { from: number; to: number }
  series: PriceSeries | undefined
  prices: Prices | undefined
  /** Of this moment. */
  price: number | null
  /** What the prices of a day say; null while nothing is known of it. */
  today: PriceFigures | null
  tomorrow: PriceFigures | null
  /** The cheapest stretches of what is left of today and, if known, of tomorrow. */
  windows: Stretch[]
  /** The cheapest of what is left of both. */
  best: Stretch | null
  forecast: ReturnType<typeof useForecast>
  error: unknown
  retry: () => void
  stale: boolean
}

const NONE: Prices = { ts: [], values: [], seconds: 3600 }

/** Today's and tomorrow's prices of the finest product, and what they say. */
export function useDays(choice: Choice, now: number, hours: number): Days {
  const [from, between, to] = [midnight(now), midnight(now, 1), midnight(now, 2)]
  const product = choice.fine ? asked(choice.fine) : {}
  const there = choice.fine !== null
  const query = usePrices({ from, to }, product, there)
  const [first, second, both] = [usePriceFigures({ from, to: between }, product, hours, there), usePriceFigures({ from: between, to }, product, hours, there), usePriceFigures({ from, to }, product, hours, there)]
  const forecast = useForecast({ market: choice.shown.market, zone: choice.shown.zone }, { from, to }, choice.fine?.product === 'DAY_AHEAD')
  const series = there ? query.data : undefined
  const [today, tomorrow] = [first.data ?? null, second.data ?? null]
  return useMemo(
    () => ({
      window: { from, to },
      series,
      prices: there ? (series ? { ts: series.columns.ts, values: series.columns.mean, seconds: series.resolution } : undefined) : NONE,
      price: today?.now ?? null,
      today,
      tomorrow: tomorrow?.cheapest_hour ? tomorrow : null,
      windows: [today, tomorrow].map((one) => stretchOf(one?.cheapest)).filter((one) => one !== null),
      best: stretchOf(both.data?.cheapest),
      forecast,
      error: query.error ?? first.error,
      retry: () => {
        void query.refetch()
        void first.refetch()
      },
      stale: query.isPlaceholderData,
    }),
    [there, series, from, to, today, tomorrow, both.data, forecast, query, first],
  )
}
