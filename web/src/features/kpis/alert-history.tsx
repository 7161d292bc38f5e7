import { formatCount, formatTime } from '@/lib/format'
import { Tag } from '@/ui/badge'
import { Section } from '@/ui/page'
import { Fault, SkeletonRows } from '@/ui/states'
import { useAlertHistory } from './alerts-api'

/** What was told of, newest first. */
export function AlertHistory() {
  const found = useAlertHistory()
  if (!found.data) return found.isError ? <Fault error={found.error} onRetry={() => void found.refetch()} className="card" /> : <div className="card"><SkeletonRows rows={3} /></div>
  const { changes, total } = found.data
  if (changes.length === 0) return null
  return (
    <Section title="Verlauf" aside={total > changes.length ? <span className="num text-xs text-muted">die letzten {formatCount(changes.length)} von {formatCount(total)}</span> : null}>
      <ol aria-label="Verlauf der Alarme" className="card scroll-thin max-h-80 divide-y divide-line overflow-y-auto">
        {changes.map((change) => (
          <li key={change.change_id} className="num flex flex-wrap items-center gap-x-3 gap-y-1 px-4 py-2 text-sm">
            <span className="text-xs text-muted">{formatTime(change.at)}</span>
            <span className="font-medium">{change.event_text}</span>
            <Tag>{change.rule}</Tag>
            <span className="text-xs text-muted">n = {formatCount(change.n)}</span>
          </li>
        ))}
      </ol>
    </Section>
  )
}
