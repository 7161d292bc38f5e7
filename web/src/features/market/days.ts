import { useMemo } from 'react'
import type { PriceSeries } from '@/api/types'
import { midnight } from '@/lib/berlin'
import { cheapest, cut, dayFacts, priceAt, useForecast, usePrices, type DayFacts, type Prices, type Stretch } from '@/series'
import { asked, type Choice } from './products'

export interface Days {
  window: { from: number; to: number }
  series: PriceSeries | undefined
  prices: Prices | undefined
  /** Of this moment. */
  price: number | null
  today: DayFacts
  /** Null until its prices are known. */
  tomorrow: DayFacts | null
  /** The cheapest stretches of today and, if known, tomorrow. */
  windows: Stretch[]
  /** The cheapest of these that is not over, else of what is still to come. */
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
  const query = usePrices({ from, to }, choice.fine ? asked(choice.fine) : {}, choice.fine !== null)
  const forecast = useForecast({ market: choice.shown.market, zone: choice.shown.zone }, { from, to }, choice.fine?.product === 'DAY_AHEAD')
  const series = choice.fine ? query.data : undefined
  return useMemo(() => {
    const prices = choice.fine === null ? NONE : series ? { ts: series.columns.ts, values: series.columns.mean, seconds: series.resolution } : undefined
    const known = prices ?? NONE
    const tomorrow = dayFacts(known, between)
    const windows = [from, between].map((day) => cheapest(known, hours * 3600, day, midnight(day, 1))).filter((one) => one !== null)
    const ahead = windows.filter((one) => one.to > now).toSorted((a, b) => a.mean - b.mean)[0]
    return {
      window: { from, to },
      series,
      prices,
      price: priceAt(known, now),
      today: dayFacts(known, from),
      tomorrow: tomorrow.cheap ? tomorrow : null,
      windows,
      best: ahead ?? cheapest(cut(known, now, to), hours * 3600),
      forecast,
      error: query.error,
      retry: () => void query.refetch(),
      stale: query.isPlaceholderData,
    }
  }, [choice.fine, series, from, between, to, now, hours, forecast, query])
}
