import { formatTime, plural } from '@/lib/format'
import { useMay } from '@/lib/may'
import { actorName } from '@/lib/words'
import { Badge, Tag } from '@/ui/badge'
import { Drawer } from '@/ui/dialog'
import { Section } from '@/ui/page'
import { Fault, Skeleton } from '@/ui/states'
import { useLearned } from './api'
import { LearnedFrom } from './learned-from'
import { effectLines, KINDS, learnedState, type EffectLine } from './words'

const shares = new Intl.NumberFormat('de-DE', { maximumFractionDigits: 2, signDisplay: 'exceptZero' })
const counts = new Intl.NumberFormat('de-DE', { maximumFractionDigits: 1 })

/** One row of the ledger: words, passages with their counts, and what was measured. */
export function LearnedDrawer({ entryId, onClose }: { entryId: string | undefined; onClose: () => void }) {
  const may = useMay()
  const found = useLearned(entryId)
  const entry = found.data
  return (
    <Drawer open={entryId !== undefined} onClose={onClose} title={entry?.what ?? 'Gelerntes'} description={entry ? `${KINDS[entry.kind]}, ${formatTime(entry.at)}, gestartet von ${actorName(entry.started_by)}` : null}>
      {found.isError && !entry ? (
        <Fault error={found.error} onRetry={() => void found.refetch()} />
      ) : entry ? (
        <div className="grid gap-5">
          <p className="num flex flex-wrap items-center gap-2 text-sm">
            <Badge shade={learnedState(entry.state).shade}>{learnedState(entry.state).label}</Badge> {plural(entry.evidence, 'Beleg', 'Belege')} von {plural(entry.subjects, 'Person', 'Personen')}, bis {formatTime(entry.cutoff)}
          </p>
          {entry.ended_at ? (
            <p className="num text-sm text-muted">
              Beendet {formatTime(entry.ended_at)}
              {entry.ended_by ? ` durch ${actorName(entry.ended_by)}` : ''}
            </p>
          ) : null}
          {entry.reasons.length > 0 ? (
            <Section title="Warum nicht in Kraft">
              <ul className="list-disc pl-5 text-sm">
                {entry.reasons.map((reason) => (
                  <li key={reason}>{reason}</li>
                ))}
              </ul>
            </Section>
          ) : null}
          <Effect effect={entry.effect} />
          {entry.terms.length > 0 ? (
            <p className="flex flex-wrap gap-1.5">
              {entry.terms.map((term) => (
                <Tag key={term}>{term}</Tag>
              ))}
            </p>
          ) : null}
          {entry.passages.length > 0 ? (
            <Section title="Passagen">
              <ul className="card divide-y divide-line">
                {entry.passages.map((passage) => (
                  <li key={passage.chunk_id} className="grid gap-0.5 px-4 py-2 text-sm">
                    <span className="[overflow-wrap:anywhere]">{[passage.title, passage.section].filter(Boolean).join(', ')}</span>
                    <span className="num text-xs text-muted">
                      {passage.preference > 0 ? 'bevorzugt' : 'gemieden'} ({shares.format(passage.preference)}), {counts.format(passage.up)} dafür, {counts.format(passage.down)} dagegen, {plural(passage.subjects, 'Person', 'Personen')}
                    </span>
                  </li>
                ))}
              </ul>
            </Section>
          ) : null}
          {may('examine') ? <LearnedFrom key={entry.entry_id} entryId={entry.entry_id} /> : null}
        </div>
      ) : (
        <Skeleton className="h-64" />
      )}
    </Drawer>
  )
}

/** What was measured before it went live; single topics only for who wants to know. */
function Effect({ effect }: { effect: Record<string, unknown> }) {
  const { groups, topics } = effectLines(effect)
  if (groups.length + topics.length === 0) return null
  return (
    <Section title="Gemessene Wirkung">
      <p className="max-w-prose text-xs text-muted">Punkte von 100: wie weit oben die passenden Fundstellen stehen (nDCG@10), vorher → nachher, an n Fragen.</p>
      <Lines lines={groups} />
      {topics.length > 0 ? (
        <details className="text-sm">
          <summary className="cursor-pointer text-muted">{plural(topics.length, 'Thema, das sich bewegte', 'Themen, die sich am meisten bewegten')}</summary>
          <div className="pt-2">
            <Lines lines={topics} />
          </div>
        </details>
      ) : null}
    </Section>
  )
}

function Lines({ lines }: { lines: EffectLine[] }) {
  return (
    <dl className="num grid gap-x-4 gap-y-1 text-sm sm:grid-cols-[1fr_auto]">
      {lines.map((line) => (
        <div key={line.name} className="contents">
          <dt className="min-w-0 [overflow-wrap:anywhere]">{line.name}</dt>
          <dd className="text-muted max-sm:pb-1.5">{line.text}</dd>
        </div>
      ))}
    </dl>
  )
}
