import { Check, Minus } from 'lucide-react'
import { formatTime, plural } from '@/lib/format'
import { Badge, Tag } from '@/ui/badge'
import { Section } from '@/ui/page'
import { Empty, Fault, SkeletonRows } from '@/ui/states'
import { useConsents } from './api'

const PURPOSES = { service: 'aufbewahren', analytics: 'messen', training: 'lernen' } as const
const REASONS: Record<string, string> = { no_consent: 'keine Einwilligung', withdrawn: 'widerrufen', unchecked: 'nicht prüfbar', signature: 'falsche Unterschrift' }

/** Who agrees to what, by pseudonym, and what was not stored. */
export function ConsentsTab() {
  const found = useConsents()
  if (found.isPending) return <div className="card"><SkeletonRows /></div>
  if (found.isError) return <Fault error={found.error} onRetry={() => void found.refetch()} className="card" />
  const { people, total, refusals } = found.data
  return (
    <div className="grid gap-5">
      <Section title={`Einwilligungen (${plural(total, 'Person', 'Personen')})`}>
        {people.length === 0 ? (
          <Empty className="card" title="Noch hat sich niemand erklärt">Wer Luna zum ersten Mal fragt, wird um seine Einwilligung gebeten.</Empty>
        ) : (
          <ul className="card divide-y divide-line">
            {people.map((person) => (
              <li key={person.subject_id} className="num flex flex-wrap items-center gap-2 px-4 py-2.5 text-sm">
                <code className="text-xs">{person.subject_id}</code>
                {(Object.keys(PURPOSES) as (keyof typeof PURPOSES)[]).map((purpose) => (
                  <Said key={purpose} word={PURPOSES[purpose]} given={person.purposes.includes(purpose)} />
                ))}
                <span className="ml-auto text-xs text-muted">{formatTime(person.at)}</span>
              </li>
            ))}
          </ul>
        )}
      </Section>
      {refusals.length > 0 ? (
        <Section title="Nicht gespeichert">
          <ul className="card divide-y divide-line">
            {refusals.map((row) => (
              <li key={`${row.day}/${row.source}/${row.reason}`} className="num flex flex-wrap items-center gap-2 px-4 py-2 text-sm">
                {row.day.split('-').toReversed().join('.')} <Tag>{row.source}</Tag> {REASONS[row.reason] ?? row.reason} <span className="ml-auto">{row.n}</span>
              </li>
            ))}
          </ul>
        </Section>
      ) : null}
    </div>
  )
}

/** Yes and no differ in sign and word, not in colour alone. */
function Said({ word, given }: { word: string; given: boolean }) {
  return (
    <Badge shade={given ? 'ok' : 'neutral'} icon={given ? <Check aria-hidden /> : <Minus aria-hidden />}>
      <span className={given ? undefined : 'line-through'}>{word}</span>
      {given ? null : <span className="sr-only"> nicht</span>}
    </Badge>
  )
}
