/** A long time's hourly prices, asked for in pieces: one answer holds 2,000 points. */

import { keepPreviousData, useQueries, type UseQueryResult } from '@tanstack/react-query'
import type { PriceSeries, Product } from '@/api/types'
import { midnight } from '@/lib/berlin'
import { api, data } from '@/lib/http'
import { hourly, isoBounds, type Bounds, type Prices } from '@/series'
import { asked } from './products'

/** Local days whose hours fit into one answer. */
const PIECE = 80
const HOUR = 3600

/** Whole local days that hold a range, in pieces. */
export function pieces(range: Bounds): Bounds[] {
  const end = midnight(range.to - 1, 1)
  const found: Bounds[] = []
  for (let from = midnight(range.from); from < end; from = midnight(from, PIECE)) found.push({ from, to: Math.min(end, midnight(from, PIECE)) })
  return found
}

export interface Hours {
  prices: Prices | undefined
  error: unknown
  stale: boolean
  retry: () => void
}

/** Answers in order, as one series of hours. */
export function joined(answers: PriceSeries[]): Prices {
  const parts = answers.filter((one) => one.resolution <= HOUR).map((one) => hourly({ ts: one.columns.ts, values: one.columns.mean, seconds: one.resolution }))
  return { ts: parts.flatMap((part) => part.ts), values: parts.flatMap((part) => part.values), seconds: HOUR }
}

function combine(results: UseQueryResult<PriceSeries>[]): Hours {
  const answers = results.map((one) => one.data).filter((one) => one !== undefined)
  return {
    prices: answers.length === results.length ? joined(answers) : undefined,
    error: results.find((one) => one.error)?.error ?? null,
    stale: results.some((one) => one.isPlaceholderData),
    retry: () => results.forEach((one) => void (one.error ? one.refetch() : undefined)),
  }
}

export function useHours(product: Product | null, range: Bounds): Hours {
  return useQueries({
    queries: (product ? pieces(range) : []).map((piece) => ({
      queryKey: ['prices', 'hours', product ? asked(product) : null, piece.from, piece.to],
      queryFn: ({ signal }: { signal: AbortSignal }) => data(api.GET('/api/v1/data/market', { params: { query: { ...isoBounds(piece), ...(product ? asked(product) : {}) } }, signal })),
      staleTime: 30_000,
      placeholderData: keepPreviousData,
    })),
    combine,
  })
}
