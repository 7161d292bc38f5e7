import { useQuery } from '@tanstack/react-query'
import { api, data } from '@/lib/http'
import { Tag } from '@/ui/badge'

/** Terms that more people ask about lately; not there where no engine tells. */
export function Trends() {
  const found = useQuery({ queryKey: ['trends'], queryFn: ({ signal }) => data(api.GET('/api/v1/admin/trends', { signal })), staleTime: 300_000 })
  const trends = found.data?.trends ?? []
  if (trends.length === 0) return null
  return (
    <section aria-label="Begriffe im Aufwind" className="flex flex-wrap items-center gap-1.5 text-sm">
      <span className="text-muted">Im Aufwind:</span>
      {trends.map(({ term }) => (
        <Tag key={term}>{term}</Tag>
      ))}
    </section>
  )
}
