import type { IngestMetrics, Overview } from '@/api/types'
import { formatBytes, formatCount, formatDay, formatMs, formatShare } from '@/lib/format'
import { Figure } from '@/ui/page'
import { Fault, Skeleton } from '@/ui/states'
import { Sparkline } from '@/ui/sparkline'
import { useIngest, useOverview } from './api'

export function Figures() {
  const overview = useOverview()
  const ingest = useIngest()
  if (overview.isError) return <Fault error={overview.error} onRetry={() => void overview.refetch()} className="card" />
  if (ingest.isError) return <Fault error={ingest.error} onRetry={() => void ingest.refetch()} className="card" />
  if (!overview.data || !ingest.data) return <Skeleton className="h-24 rounded-card" />
  return (
    <div className="grid gap-3">
      <Row overview={overview.data} ingest={ingest.data} />
      {ingest.data.per_day.length > 1 ? <PerDay ingest={ingest.data} /> : null}
    </div>
  )
}

/** What people did is told from five of them on. */
function people(count: number | null): string {
  return count === null ? 'zu wenige Personen' : formatCount(count)
}

function Row({ overview, ingest }: { overview: Overview; ingest: IngestMetrics }) {
  const { useful, not_useful } = overview.feedback
  return (
    <dl className="grid grid-cols-2 gap-3 lg:grid-cols-4">
      <Figure label="Dokumente" value={formatCount(overview.items)} note={`${formatCount(ingest.pages_total)} Seiten · ${formatBytes(ingest.bytes_total)}`} />
      <Figure
        label="Passagen"
        value={formatCount(ingest.chunks_total)}
        note={ingest.outbox > 0 ? `${formatCount(ingest.outbox)} warten auf den Index` : 'alle im Index'}
      />
      <Figure
        label="Fragen heute"
        value={people(overview.questions_today)}
        note={`7 Tage: ${people(overview.questions_7d)}${overview.answered_share_7d === null ? '' : `, ${formatShare(overview.answered_share_7d)} beantwortet`}`}
      />
      <Figure
        label="Antwortzeit (Median)"
        value={formatMs(overview.latency_ms.p50)}
        note={useful !== null && not_useful !== null ? `${formatCount(useful)} hilfreich, ${formatCount(not_useful)} nicht` : `p95: ${formatMs(overview.latency_ms.p95)}`}
      />
    </dl>
  )
}

function PerDay({ ingest }: { ingest: IngestMetrics }) {
  const days = ingest.per_day.toSorted((a, b) => a.day.localeCompare(b.day))
  const total = days.reduce((sum, day) => sum + day.chunks, 0)
  return (
    <details className="card px-4 py-3">
      <summary className="flex items-center gap-4 text-sm">
        <span className="shrink-0 font-medium">Aufnahme je Tag</span>
        <Sparkline values={days.map((day) => day.chunks)} label={`Aufgenommene Passagen je Tag, zusammen ${formatCount(total)}`} className="h-6 w-40 sm:w-64" />
        <span className="num text-xs text-muted">{formatCount(total)} Passagen</span>
      </summary>
      <table className="num mt-3 w-full max-w-md text-left text-sm">
        <thead className="text-xs text-muted">
          <tr>
            <th scope="col" className="py-1 font-medium">Tag</th>
            <th scope="col" className="py-1 text-right font-medium">Dokumente</th>
            <th scope="col" className="py-1 text-right font-medium">Passagen</th>
          </tr>
        </thead>
        <tbody>
          {days.toReversed().map((day) => (
            <tr key={day.day} className="border-t border-line">
              <td className="py-1">{formatDay(`${day.day}T12:00:00Z`)}</td>
              <td className="py-1 text-right">{formatCount(day.items)}</td>
              <td className="py-1 text-right">{formatCount(day.chunks)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </details>
  )
}
