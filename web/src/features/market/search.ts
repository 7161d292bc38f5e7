/** The state of the page as it stands in the address. */

import { readRangeSearch, type RangeSearch } from '@/series'

export type MarketSearch = RangeSearch

export function readMarketSearch(raw: Record<string, unknown>): MarketSearch {
  return { ...readRangeSearch(raw) }
}
