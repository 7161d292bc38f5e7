import type { Role } from '@/api/types'
import { Page } from '@/ui/page'
import type { TalkSearch } from './search'

interface Props {
  role: Role
  search: TalkSearch
  onSearch: (next: Partial<TalkSearch>) => void
}

export function TalksPage({ search }: Props) {
  return <Page title="Gespräche">{search.teil ?? null}</Page>
}
