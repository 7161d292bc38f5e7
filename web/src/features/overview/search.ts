/** The state of the page as it stands in the address. */

import { readRangeSearch, type RangeSearch } from '@/series'

export type OverviewSearch = RangeSearch

export function readOverviewSearch(raw: Record<string, unknown>): OverviewSearch {
  return { ...readRangeSearch(raw) }
}
