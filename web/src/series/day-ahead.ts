/** Products in, the day-ahead price to reckon with out: as the recommendations choose it, the one that reaches furthest. */

import type { Product } from '@/api/types'
import { useProducts, type ProductSearch } from './api'

const finest = (one: Product): number => Math.min(...one.seconds)

/** Of those that reach equally far the finest, then the first; null where nobody trades day-ahead. */
export function reachingFurthest(products: Product[]): Product | null {
  const traded = products.filter((one) => one.product === 'DAY_AHEAD')
  return traded.toSorted((a, b) => b.until - a.until || finest(a) - finest(b))[0] ?? null
}

interface DayAhead {
  /** What to ask the API for; undefined while it is not known. */
  asked: Required<ProductSearch> | undefined
  /** End of its last price. */
  until: number
  isPending: boolean
  /** Nobody has day-ahead prices. */
  none: boolean
  error: unknown
  refetch: () => unknown
}

export function useDayAhead(): DayAhead {
  const products = useProducts()
  const best = reachingFurthest(products.data ?? [])
  return {
    asked: best ? { market: best.market, product: best.product, zone: best.zone } : undefined,
    until: best?.until ?? 0,
    isPending: products.isPending,
    none: products.data !== undefined && best === null,
    error: products.error,
    refetch: products.refetch,
  }
}
