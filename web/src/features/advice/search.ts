/** The state of the page as it stands in the address. */

import { readRangeSearch, type RangeSearch } from '@/series'

export type AdviceSearch = RangeSearch

export function readAdviceSearch(raw: Record<string, unknown>): AdviceSearch {
  return { ...readRangeSearch(raw) }
}
