import { Page } from '@/ui/page'
import type { AdviceSearch } from './search'

export interface AdvicePageProps {
  search: AdviceSearch
  /** Changes what is named; undefined takes it out of the address. */
  onSearch: (next: Partial<{ [key in keyof AdviceSearch]: AdviceSearch[key] | undefined }>) => void
  admin: boolean
}

export function AdvicePage(_props: AdvicePageProps) {
  return <Page title="Empfehlungen">{null}</Page>
}
