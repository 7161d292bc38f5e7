import { Undo2 } from 'lucide-react'
import { eurText, spanOf, stateWord, useAdvice } from '@/advice'
import type { Recommendation } from '@/api/types'
import { formatDay, formatTime } from '@/lib/format'
import { useTone } from '@/lib/tone'
import { StateBadge } from '@/ui/badge'
import { Button } from '@/ui/button'
import { Select } from '@/ui/field'
import { Section } from '@/ui/page'
import { Fault, SkeletonRows } from '@/ui/states'
import { statesOf, type PastWord } from './search'

interface HistoryProps {
  filter: PastWord | undefined
  onFilter: (filter: PastWord | undefined) => void
  meterId: string | undefined
  busy: string | null
  onUndo: (one: Recommendation) => void
  now: number
}

const FILTERS: { value: PastWord; label: string }[] = [
  { value: 'uebernommen', label: 'Übernommen' },
  { value: 'spaeter', label: 'Später' },
  { value: 'passt_nicht', label: 'Passt nicht' },
  { value: 'abgelaufen', label: 'Abgelaufen' },
]

/** What was decided, and what ended without a decision. */
export function History({ filter, onFilter, meterId, busy, onUndo, now }: HistoryProps) {
  const found = useAdvice({ state: statesOf(filter), meterId, limit: 50 })
  const tone = useTone()
  return (
    <Section
      title="Verlauf"
      aside={
        <Select aria-label="Verlauf eingrenzen" value={filter ?? ''} onChange={(event) => onFilter((event.target.value || undefined) as PastWord | undefined)}>
          <option value="">Alle</option>
          {FILTERS.map(({ value, label }) => (
            <option key={value} value={value}>
              {label}
            </option>
          ))}
        </Select>
      }
    >
      <div className="card min-w-0 overflow-hidden">
        {found.isPending ? (
          <SkeletonRows rows={3} />
        ) : found.isError ? (
          <Fault error={found.error} onRetry={() => void found.refetch()} />
        ) : found.data.recommendations.length === 0 ? (
          <p className="px-4 py-6 text-center text-sm text-muted">
            {filter ? 'In diesem Stand gibt es keine Empfehlungen.' : tone('Noch ist nichts entschieden. Ich dränge nicht.', 'Noch ist nichts entschieden.')}
          </p>
        ) : (
          <ul className="divide-y divide-line">
            {found.data.recommendations.map((one) => (
              <li key={one.recommendation_id} className="flex flex-wrap items-center gap-x-4 gap-y-1.5 px-4 py-3">
                <StateBadge word={stateWord(one.state)} />
                <div className="grid min-w-0 flex-1 basis-60">
                  <span className="text-sm font-medium">{one.title}</span>
                  <span className="num text-xs text-muted">
                    {[one.meter_title || one.meter_id, `für ${formatDay(one.day)}`, one.decided_at ? `entschieden ${formatTime(one.decided_at)}` : '', one.reason ?? ''].filter(Boolean).join(' · ')}
                  </span>
                </div>
                {one.eur !== null ? (
                  <span className="num text-sm">
                    {eurText(one.eur)} <span className="text-xs text-muted">{spanOf(one.rule)}</span>
                  </span>
                ) : null}
                {one.may_decide && one.state !== 'past' && now < one.valid_to ? (
                  <Button size="sm" look="ghost" busy={busy === one.recommendation_id} onClick={() => onUndo(one)} aria-label={`Rückgängig: ${one.title}`}>
                    <Undo2 aria-hidden /> Rückgängig
                  </Button>
                ) : null}
              </li>
            ))}
          </ul>
        )}
      </div>
    </Section>
  )
}
