import { useQuery } from '@tanstack/react-query'
import { formatTime } from '@/lib/format'
import { api, data } from '@/lib/http'
import { Section } from '@/ui/page'
import { valueText } from '../figures/figure-words'

const SHOWN = 8

/** Hours of the last two days in which a figure was not as usual; not there where no engine tells, or all was as usual. */
export function UnusualHours() {
  const found = useQuery({ queryKey: ['unusual'], queryFn: ({ signal }) => data(api.GET('/api/v1/admin/unusual', { signal })), refetchInterval: 300_000 })
  const hours = found.data?.hours ?? []
  if (hours.length === 0) return null
  return (
    <Section title="Ungewöhnliche Stunden" aside={<span className="text-xs text-muted">letzte zwei Tage</span>}>
      <ul aria-label="Ungewöhnliche Stunden" className="card divide-y divide-line">
        {hours.slice(0, SHOWN).map(({ kpi, title, starts, value, low, high, ...shape }) => (
          <li key={`${kpi} ${starts}`} className="num grid gap-0.5 px-4 py-2.5 text-sm">
            <span className="font-medium">{title}</span>
            <span className="text-xs text-muted">
              {formatTime(starts)}: {valueText(shape, value)}, üblich sind {valueText(shape, Math.max(0, low))} bis {valueText(shape, high)}
            </span>
          </li>
        ))}
      </ul>
    </Section>
  )
}
