import { formatCount } from '@/lib/format'
import { Fault, Skeleton } from '@/ui/states'
import { Level, UsageBar } from '@/ui/usage'
import { useOwnQuota } from './api'

/** What the signed-in person keeps here and may keep, and what is left of this minute's processor time. */
export function OwnUsage() {
  const found = useOwnQuota()
  if (!found.data) return found.isError ? <Fault error={found.error} onRetry={() => void found.refetch()} className="card" /> : <Skeleton className="h-40 rounded-card" />
  const { budget, quotas } = found.data
  return (
    <ul className="card divide-y divide-line">
      {quotas.map((quota) => (
        <li key={quota.quota} className="grid gap-1 px-4 py-3">
          <UsageBar quota={quota} />
          <p className="text-xs text-muted">{quota.text}</p>
        </li>
      ))}
      {budget ? (
        <li className="grid gap-1 px-4 py-3">
          <div className="flex items-baseline justify-between gap-3 text-sm">
            <span className="font-medium">Rechenzeit dieser Minute</span>
            <span className="num text-xs text-muted">{`noch ${formatCount(Math.floor(budget.left))} von ${formatCount(budget.seconds)} s`}</span>
          </div>
          <Level share={1 - budget.left / budget.seconds} label={`Rechenzeit: noch ${Math.floor(budget.left)} von ${budget.seconds} Sekunden`} />
          <p className="text-xs text-muted">
            {budget.wait > 0 ? `Aufgebraucht; in ${budget.wait} s geht es weiter.` : 'Für Fahrpläne, Kennzahlen, Diagramme, Dateien und das Lesen von Dokumenten. Sie füllt sich laufend wieder auf; Fragen zählen nicht mit.'}
          </p>
        </li>
      ) : null}
    </ul>
  )
}
