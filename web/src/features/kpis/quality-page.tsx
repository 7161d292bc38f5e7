import type { Role } from '@/api/types'
import { Page } from '@/ui/page'
import type { QualitySearch } from './search'

interface Props {
  role: Role
  search: QualitySearch
  onSearch: (next: Partial<QualitySearch>) => void
}

export function QualityPage({ search }: Props) {
  return <Page title="KPIs & Alarme">{search.teil ?? null}</Page>
}
