import { Page } from '@/ui/page'
import type { OverviewSearch } from './search'

export interface OverviewPageProps {
  search: OverviewSearch
  /** Changes what is named; undefined takes it out of the address. */
  onSearch: (next: Partial<{ [key in keyof OverviewSearch]: OverviewSearch[key] | undefined }>) => void
  admin: boolean
}

export function OverviewPage(_props: OverviewPageProps) {
  return <Page title="Übersicht">{null}</Page>
}
