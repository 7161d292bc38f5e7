import { Page } from '@/ui/page'
import type { MarketSearch } from './search'

export interface MarketPageProps {
  search: MarketSearch
  /** Changes what is named; undefined takes it out of the address. */
  onSearch: (next: Partial<{ [key in keyof MarketSearch]: MarketSearch[key] | undefined }>) => void
  admin: boolean
}

export function MarketPage(_props: MarketPageProps) {
  return <Page title="Markt">{null}</Page>
}
