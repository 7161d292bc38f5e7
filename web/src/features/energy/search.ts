/** The state of the page as it stands in the address. */

import { readRangeSearch, type RangeSearch } from '@/series'

export type EnergySearch = RangeSearch

export function readEnergySearch(raw: Record<string, unknown>): EnergySearch {
  return { ...readRangeSearch(raw) }
}
