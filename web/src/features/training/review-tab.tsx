import type { ReviewPanel, TrainRun } from '@/api/types'
import { formatCount, formatDay } from '@/lib/format'
import { useMay } from '@/lib/may'
import { actorName } from '@/lib/words'
import { StateBadge, Tag } from '@/ui/badge'
import { Section } from '@/ui/page'
import { Progress } from '@/ui/progress'
import { Empty, Fault, OldNews, SkeletonRows } from '@/ui/states'
import { usePanel } from './api'
import { Blind } from './blind'
import { isOpen } from './words'

/** People's own judgement of a run: the pairs, for who may judge, and how far everybody is. */
export function ReviewTab({ run }: { run: TrainRun }) {
  const may = useMay()('review')
  const found = usePanel(run.name)
  if (!found.data) return found.isError ? <Fault error={found.error} onRetry={() => void found.refetch()} className="card" /> : <div className="card"><SkeletonRows /></div>
  if (found.data.pairs === 0)
    return (
      <Empty className="card" title="Noch nichts zu vergleichen">
        {isOpen(run) ? 'Paare gibt es, wenn der Lauf zu Ende ist und Modell und Basis dieselben Fragen beantwortet haben.' : 'Zu diesem Lauf gibt es keine Antworten von beiden Seiten.'}
      </Empty>
    )
  return (
    <div className="grid gap-6">
      <OldNews found={found} />
      {may ? <Blind run={run.name} /> : <p className="card p-4 text-sm text-muted">Beurteilen darf, wer Antworten durchsieht (Redaktion). Nennen Sie dort den Namen des Laufs: <code className="text-ink select-all">{run.name}</code></p>}
      <Panel panel={found.data} />
    </div>
  )
}

function Panel({ panel }: { panel: ReviewPanel }) {
  const word = panel.enough ? ({ label: 'genug', shade: 'ok' } as const) : panel.overdue ? ({ label: 'überfällig', shade: 'bad' } as const) : ({ label: 'noch offen', shade: 'warn' } as const)
  return (
    <Section title="Stand der Durchsicht">
      <div className="card grid gap-3 p-4 text-sm">
        <p className="num flex flex-wrap items-center gap-2">
          <StateBadge word={word} />
          {panel.enough ? 'Genügend Menschen haben alle Paare beurteilt.' : `${panel.missing === 1 ? 'Noch ein Mensch muss' : `Noch ${formatCount(panel.missing)} Menschen müssen`} alle ${formatCount(panel.pairs)} Paare beurteilen; fällig am ${formatDay(panel.due_at)}.`}
        </p>
        {panel.raters.length === 0 ? (
          <p className="text-muted">Noch niemand hat begonnen.</p>
        ) : (
          <ul aria-label="Wer beurteilt" className="grid gap-2.5">
            {panel.raters.map((rater) => (
              <li key={rater.rater} className="grid gap-1">
                <p className="num flex flex-wrap items-center gap-2">
                  <span>{actorName(rater.rater)}</span>
                  {rater.trainer ? <Tag>hat den Lauf begonnen</Tag> : null}
                  <span className="text-xs text-muted">
                    {formatCount(rater.done)} von {formatCount(panel.pairs)}
                    {rater.won ? ` · Modell ${formatCount(rater.won.cand ?? 0)}, Basis ${formatCount(rater.won.base ?? 0)}, gleich ${formatCount(rater.won.tie ?? 0)}` : ''}
                  </span>
                </p>
                <Progress label={`Beurteilt von ${actorName(rater.rater)}`} value={rater.done} total={panel.pairs} className="max-w-md" />
              </li>
            ))}
          </ul>
        )}
        <p className="text-xs text-muted">{panel.told ? agreement(panel) : 'Welche Seite vorn liegt, steht hier erst, wenn Sie alle Paare beurteilt haben.'}</p>
      </div>
    </Section>
  )
}

function agreement({ kappa, agreement: share }: ReviewPanel): string {
  if (share === null) return 'Wie einig sich die Menschen sind, lässt sich erst sagen, wenn zwei dieselben Paare beurteilt haben.'
  const told = `Bei ${formatCount(share * 100)} % der Paare sagten die Menschen dasselbe`
  return kappa !== null && kappa < 0.2 ? `${told}, kaum öfter als durch Zufall. Ihre Stimmen belegen wenig.` : `${told}.`
}
