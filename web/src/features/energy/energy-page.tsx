import { Page } from '@/ui/page'
import type { EnergySearch } from './search'

export interface EnergyPageProps {
  search: EnergySearch
  /** Changes what is named; undefined takes it out of the address. */
  onSearch: (next: Partial<{ [key in keyof EnergySearch]: EnergySearch[key] | undefined }>) => void
  admin: boolean
}

export function EnergyPage(_props: EnergyPageProps) {
  return <Page title="Energie">{null}</Page>
}
