import { Check, Minus } from 'lucide-react'
import { useState } from 'react'
import { formatCount, formatTime, plural } from '@/lib/format'
import { sourceName } from '@/lib/words'
import { Badge, Tag } from '@/ui/badge'
import { Section } from '@/ui/page'
import { Pager } from '@/ui/pager'
import { Empty, Fault, SkeletonRows } from '@/ui/states'
import { PEOPLE_PAGE, useConsents } from './api'
import { refusalReason } from './words'

const PURPOSES = { service: 'aufbewahren', analytics: 'messen', training: 'lernen', profiling: 'auswerten' } as const

/** Who agrees to what, by pseudonym, and what was not stored. */
export function ConsentsTab() {
  const [page, setPage] = useState(0)
  const found = useConsents(page)
  if (!found.data) return found.isError ? <Fault error={found.error} onRetry={() => void found.refetch()} className="card" /> : <div className="card"><SkeletonRows /></div>
  const { people, total, refusals } = found.data
  if (page > 0 && people.length === 0 && !found.isPlaceholderData) setPage(page - 1)
  return (
    <div className="grid gap-5">
      <Section title={`Einwilligungen (${plural(total, 'Person', 'Personen')})`}>
        {people.length === 0 && page === 0 ? (
          <Empty className="card" title="Noch hat sich niemand erklärt">Wer Luna zum ersten Mal fragt, wird um seine Einwilligung gebeten.</Empty>
        ) : (
          <ul className="card divide-y divide-line">
            {people.map((person) => (
              <li key={person.subject_id} className="num flex flex-wrap items-center gap-2 px-4 py-2.5 text-sm">
                <code className="text-xs">{person.subject_id}</code>
                {(Object.keys(PURPOSES) as (keyof typeof PURPOSES)[]).map((purpose) => (
                  <Said key={purpose} word={PURPOSES[purpose]} said={person.purposes.includes(purpose) ? 'ja' : person.withdrawn.includes(purpose) ? 'nein' : 'nicht gefragt'} />
                ))}
                <span className="ml-auto text-xs text-muted">{formatTime(person.at)}</span>
              </li>
            ))}
          </ul>
        )}
        {total > PEOPLE_PAGE ? (
          <Pager at={page} pages={Math.ceil(total / PEOPLE_PAGE)} onPage={setPage} back="Vorige Personen" on="Weitere Personen">
            {plural(total, 'Person', 'Personen')}
          </Pager>
        ) : null}
      </Section>
      {refusals.length > 0 ? (
        <Section title="Nicht gespeichert in 30 Tagen">
          <ul className="card divide-y divide-line">
            {refusals.map((row) => (
              <li key={`${row.day}/${row.source}/${row.reason}`} className="num flex flex-wrap items-center gap-2 px-4 py-2 text-sm">
                {row.day.split('-').toReversed().join('.')} <Tag>{sourceName(row.source)}</Tag> {refusalReason(row.reason)} <span className="ml-auto">{formatCount(row.n)}x</span>
              </li>
            ))}
          </ul>
        </Section>
      ) : null}
    </div>
  )
}

/** Yes, no and never asked differ in sign and word, not in colour alone. */
function Said({ word, said }: { word: string; said: 'ja' | 'nein' | 'nicht gefragt' }) {
  return (
    <Badge shade={said === 'ja' ? 'ok' : 'neutral'} icon={said === 'ja' ? <Check aria-hidden /> : <Minus aria-hidden />}>
      {said === 'ja' ? word : `${word}: ${said}`}
    </Badge>
  )
}
