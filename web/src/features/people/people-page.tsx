import { Page } from '@/ui/page'
import type { OnSearch, PeopleSearch } from './search'

interface Props {
  search: PeopleSearch
  onSearch: OnSearch
}

export function PeoplePage({ search }: Props) {
  return <Page title="Personen">{search.suche}</Page>
}
