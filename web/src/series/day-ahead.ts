/** Products in, the day-ahead price to reckon with out: as the API chooses it. */

import type { Product } from '@/api/types'
import { useProducts, type ProductSearch } from './api'

/** The day-ahead prices that count where nobody names a market: the first in the order of the API; null where nobody trades them. */
export function counting(products: Product[]): Product | null {
  const traded = products.filter((one) => one.product === 'DAY_AHEAD')
  return traded.find((one) => one.zone === 'DE-LU') ?? traded[0] ?? null
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
  const best = counting(products.data ?? [])
  return {
    asked: best ? { market: best.market, product: best.product, zone: best.zone } : undefined,
    until: best?.until ?? 0,
    isPending: products.isPending,
    none: products.data !== undefined && best === null,
    error: products.error,
    refetch: products.refetch,
  }
}
