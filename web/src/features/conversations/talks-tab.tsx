import type { TalksPageProps } from './talks-page'

export function TalksTab({ search }: Pick<TalksPageProps, 'search' | 'onSearch'>) {
  return <p>{search.gespraech}</p>
}
