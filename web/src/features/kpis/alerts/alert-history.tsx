import { formatCount, formatTime } from '@/lib/format'
import type { Shade } from '@/lib/words'
import { Badge } from '@/ui/badge'
import { Section } from '@/ui/page'
import { Fault, SkeletonRows } from '@/ui/states'
import { useAlertHistory } from './alerts-api'
import { useRuleTitle } from '../use-watches'

const EVENTS: Record<string, Shade> = { warn: 'warn', critical: 'bad', recovered: 'ok' }

/** What was told of, newest first. */
export function AlertHistory() {
  const found = useAlertHistory()
  const title = useRuleTitle()
  if (!found.data) return found.isError ? <Fault error={found.error} onRetry={() => void found.refetch()} className="card" /> : <div className="card"><SkeletonRows rows={3} /></div>
  const { changes, total } = found.data
  if (changes.length === 0) return null
  return (
    <Section title="Verlauf" aside={total > changes.length ? <span className="num text-xs text-muted">die letzten {formatCount(changes.length)} von {formatCount(total)}</span> : null}>
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls must be reachable by keyboard */}
      <ol tabIndex={0} aria-label="Verlauf der Alarme" className="card scroll-thin max-h-80 divide-y divide-line overflow-y-auto">
        {changes.map((change) => (
          <li key={change.change_id} className="num flex flex-wrap items-center gap-x-3 gap-y-1 px-4 py-2 text-sm">
            <span className="text-xs text-muted">{formatTime(change.at)}</span>
            <Badge shade={EVENTS[change.event] ?? 'neutral'}>{change.event_text}</Badge>
            <span className="font-medium">{title(change.rule, change.facts.kpi)}</span>
            <span className="text-xs text-muted">n = {formatCount(change.n)}</span>
          </li>
        ))}
      </ol>
    </Section>
  )
}
