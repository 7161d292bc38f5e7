import type { SecondDesk, SecondRow } from '@/api/types'
import { cn } from '@/lib/cn'
import { formatCount, formatDay, plural } from '@/lib/format'
import { Badge } from '@/ui/badge'
import { Empty, Fault, OldNews, SkeletonRows } from '@/ui/states'
import { Disputes } from './disputes'
import { Guide } from './guide'
import type { TalksPageProps } from './search'
import { useSecondDesk } from './second-api'
import { SecondEntry } from './second-entry'

/** Decisions of others to judge once more, blind; what two editors see differently; and how far they agree. */
export function SecondTab({ search, onSearch }: Pick<TalksPageProps, 'search' | 'onSearch'>) {
  const desk = useSecondDesk()
  if (!desk.data) return desk.isError ? <Fault error={desk.error} onRetry={() => void desk.refetch()} className="card" /> : <div className="card"><SkeletonRows /></div>
  const { waiting, disputed, counts } = desk.data
  const open = (row: SecondRow | undefined): void => onSearch({ eintrag: row?.review_id })
  const at = waiting.findIndex((row) => row.review_id === search.eintrag)
  return (
    <div className="grid gap-4">
      <OldNews found={desk} />
      <div className={cn('grid gap-4', search.eintrag && 'hidden lg:grid')}>
        <Agreement desk={desk.data} />
        <Guide />
      </div>
      {waiting.length === 0 && !search.eintrag ? (
        <Empty className="card" title="Keine zweite Meinung gefragt">Etwa jede zehnte Entscheidung anderer steht hier, ohne dass Sie sehen, wie entschieden wurde.</Empty>
      ) : (
        <div className="grid items-start gap-4 lg:grid-cols-[minmax(240px,340px)_1fr]">
          <div className={cn('grid gap-2', search.eintrag && 'hidden lg:grid')}>
            <Waiting rows={waiting} chosen={search.eintrag} onOpen={open} />
            {counts.waiting > waiting.length ? <p className="num px-1 text-xs text-muted">Die ersten {formatCount(waiting.length)} von {formatCount(counts.waiting)}.</p> : null}
          </div>
          <SecondEntry key={search.eintrag ?? 'none'} reviewId={search.eintrag} onDone={() => open(waiting[at + 1] ?? waiting[at - 1])} onClose={() => open(undefined)} />
        </div>
      )}
      <Disputes pairs={disputed} total={counts.disputed} onOpen={(eintrag) => onSearch({ teil: 'durchsicht', eintrag })} />
    </div>
  )
}

function Agreement({ desk: { agreement } }: { desk: SecondDesk }) {
  const last = agreement[0]
  const word = !last || last.passed === null ? { label: 'noch nicht messbar', shade: 'neutral' as const } : last.passed ? { label: 'einig genug', shade: 'ok' as const } : { label: 'zu uneinig', shade: 'bad' as const }
  const earlier = agreement.slice(1).filter((one) => one.kappa !== null)
  return (
    <section aria-label="Einigkeit der Redaktion" className="card grid gap-1.5 px-4 py-3">
      <h2 className="flex flex-wrap items-center gap-2 text-sm font-semibold">
        Einigkeit der Redaktion <Badge shade={word.shade}>{word.label}</Badge>
      </h2>
      <p className="num text-sm text-muted">{last ? last.text : 'Gemessen wird jede Woche, sobald es Paare gibt.'}</p>
      {last?.passed === false ? <p className="text-sm">Was in dieser Woche entschieden wurde, geht in keinen Trainingsdatensatz. Gehen Sie den Leitfaden gemeinsam durch, am besten an den Uneinigkeiten unten.</p> : null}
      {earlier.length > 0 ? <p className="num text-xs text-muted">Davor: {earlier.map((one) => `${formatDay(one.until)} ${(one.kappa ?? 0).toFixed(2).replace('.', ',')}`).join(' · ')}</p> : null}
    </section>
  )
}

function Waiting({ rows, chosen, onOpen }: { rows: SecondRow[]; chosen: string | undefined; onOpen: (row: SecondRow) => void }) {
  return (
    <>
      <p className="num px-1 text-xs text-muted">{plural(rows.length, 'Antwort wartet', 'Antworten warten')}</p>
      <ol aria-label="Antworten für eine zweite Meinung" className="card scroll-thin max-h-[60dvh] divide-y divide-line overflow-y-auto">
        {rows.map((row) => (
          <li key={row.review_id}>
            <button
              type="button"
              aria-current={row.review_id === chosen ? 'true' : undefined}
              onClick={() => onOpen(row)}
              className="grid w-full gap-1 px-4 py-2.5 text-left hover:bg-sunken focus-visible:-outline-offset-2 aria-[current]:bg-brand-soft"
            >
              <span className="line-clamp-2 text-sm font-medium [overflow-wrap:anywhere]">{row.question}</span>
              <span className="flex flex-wrap items-center gap-1.5">
                {row.overdue ? <Badge shade="warn">überfällig</Badge> : null}
                <span className="num text-2xs text-muted">bis {formatDay(row.due_at)}</span>
              </span>
            </button>
          </li>
        ))}
      </ol>
    </>
  )
}
