/** The state of the page as it stands in the address. */

import { readRangeSearch, type RangeSearch } from '@/series'

export interface EnergySearch extends RangeSearch {
  zaehler?: string
  /** Beside the period before. */
  vergleich?: true
}

const METER = /^[A-Za-z0-9][A-Za-z0-9._:-]{0,63}$/

export function readEnergySearch(raw: Record<string, unknown>): EnergySearch {
  const zaehler = typeof raw.zaehler === 'number' ? String(raw.zaehler) : raw.zaehler
  return {
    ...readRangeSearch(raw),
    ...(typeof zaehler === 'string' && METER.test(zaehler) ? { zaehler } : {}),
    ...(raw.vergleich === true || raw.vergleich === 'true' ? { vergleich: true as const } : {}),
  }
}

export interface EnergyPageProps {
  search: EnergySearch
  /** Changes what is named; undefined takes it out of the address. */
  onSearch: (next: Partial<{ [key in keyof EnergySearch]: EnergySearch[key] | undefined }>) => void
  mayFeed: boolean
}
