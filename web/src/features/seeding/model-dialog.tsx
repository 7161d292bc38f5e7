import type { EngineModel, EngineState } from '@/api/types'
import { formatCount, formatTime, plural } from '@/lib/format'
import { StateBadge } from '@/ui/badge'
import { Dialog } from '@/ui/dialog'
import { Fault, SkeletonRows } from '@/ui/states'
import { useModel } from './api'
import { figure, shortVersion } from './words'

/** What an engine has learned: beside its baseline, what it said and what then was, and what it goes by. */
export function ModelDialog({ engine, onClose }: { engine: EngineState | null; onClose: () => void }) {
  const found = useModel(engine?.name ?? null)
  return (
    <Dialog open={engine !== null} onClose={onClose} title={engine ? `Modell: ${engine.title}` : ''} className="w-[min(640px,calc(100vw-24px))]">
      {found.data ? <Model model={found.data} /> : found.isError ? <Fault error={found.error} onRetry={() => void found.refetch()} className="py-4" /> : <SkeletonRows />}
    </Dialog>
  )
}

function Model({ model }: { model: EngineModel }) {
  return (
    <div className="grid gap-4 text-sm">
      <p className="num text-xs text-muted [overflow-wrap:anywhere]">
        {model.title} · gelernt {formatTime(model.made_at)} aus {plural(model.rows, 'Datensatz', 'Datensätzen')} · Fassung {shortVersion(model.version)}
      </p>
      {model.score ? <Score score={model.score} metric={model.metric} baseline={model.baseline} /> : null}
      {model.buckets.length > 0 ? (
        <section aria-label="Vorhergesagt und eingetreten" className="grid gap-2">
          <h3 className="font-medium">Vorhergesagt und eingetreten</h3>
          <Buckets buckets={model.buckets} />
        </section>
      ) : null}
      {model.insights.length > 0 ? (
        <section aria-label="Wonach es geht" className="grid gap-1">
          <h3 className="font-medium">Wonach es geht</h3>
          <ul className="grid list-disc gap-1 pl-5">
            {model.insights.map((one) => (
              <li key={one}>{one}</li>
            ))}
          </ul>
        </section>
      ) : null}
      {model.few ? <p className="text-xs text-muted">Über Rollen mit weniger als fünf Personen sagt Nova hier nichts.</p> : null}
    </div>
  )
}

function Score({ score, metric, baseline }: { score: NonNullable<EngineModel['score']>; metric: string; baseline: string }) {
  return (
    <section aria-label="Güte" className="grid gap-1">
      <p className="flex flex-wrap items-center gap-2">
        <span className="num">
          {metric}: <strong>{figure(score.value)}</strong>, zum Vergleich „{baseline}“: {figure(score.baseline)}
        </span>
        <StateBadge word={score.verdict === 'better' ? { label: 'nachweislich besser', shade: 'ok' } : { label: 'nutzlos', shade: 'bad' }} />
      </p>
      <p className="num text-xs text-muted">
        Gewinn mit 99 % Sicherheit zwischen {figure(score.low)} und {figure(score.high)}, an {plural(score.rows, 'ungesehenen Datensatz', 'ungesehenen Datensätzen')}. {score.reason}
      </p>
    </section>
  )
}

/** A row a group of records: what was said of them on average and what then was, as numbers and as bars. */
function Buckets({ buckets }: { buckets: EngineModel['buckets'] }) {
  const most = Math.max(...buckets.flatMap(({ predicted, actual }) => [predicted, actual]), 1e-9)
  const width = (value: number): string => `${Math.max(0, Math.min(100, (100 * value) / most))}%`
  return (
    <table className="num w-full text-xs">
      <thead>
        <tr className="text-left text-muted">
          <th className="py-1 pr-3 font-medium">Datensätze</th>
          <th className="font-medium">vorhergesagt</th>
          <th className="font-medium">eingetreten</th>
        </tr>
      </thead>
      <tbody>
        {buckets.map(({ n, predicted, actual }) => (
          <tr key={`${predicted} ${actual} ${n}`} className="border-t border-line">
            <td className="py-1 pr-3">{formatCount(n)}</td>
            <Bar value={predicted} width={width(predicted)} shade="bg-field" />
            <Bar value={actual} width={width(actual)} shade="bg-brand" />
          </tr>
        ))}
      </tbody>
    </table>
  )
}

function Bar({ value, width, shade }: { value: number; width: string; shade: string }) {
  return (
    <td className="w-2/5 pr-3">
      <span className="grid grid-cols-[4rem_1fr] items-center gap-2">
        {figure(value)}
        <span className={`h-2 rounded-full ${shade}`} style={{ width }} aria-hidden />
      </span>
    </td>
  )
}
