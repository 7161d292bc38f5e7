import type { Role } from '@/api/types'
import { Page } from '@/ui/page'
import type { LearningSearch } from './search'

interface Props {
  role: Role
  search: LearningSearch
  onSearch: (next: Partial<LearningSearch>) => void
}

export function LearningPage({ search }: Props) {
  return <Page title="Lernen & Protokoll">{search.teil ?? null}</Page>
}
