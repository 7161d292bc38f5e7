import type { AuditEntry } from '@/api/types'
import { formatTime } from '@/lib/format'
import { Tag } from '@/ui/badge'
import { Button } from '@/ui/button'
import { Empty, Fault, SkeletonRows } from '@/ui/states'
import { useAudit } from './api'

export function Audit() {
  const audit = useAudit()
  if (audit.isPending) return <div className="card"><SkeletonRows /></div>
  if (audit.isError) return <Fault error={audit.error} onRetry={() => void audit.refetch()} className="card" />
  const entries = audit.data.pages.flatMap((page) => page.entries)
  if (entries.length === 0) return <Empty className="card" title="Noch keine Einträge">Sobald jemand etwas ändert, steht es hier.</Empty>
  return (
    <div className="grid gap-4">
      <p className="max-w-prose text-sm text-muted">Wer hat was getan: Kennungen und Vorgänge, nie Inhalte. Einträge lassen sich nicht ändern.</p>
      <ol className="card divide-y divide-line overflow-hidden">
        {entries.map((entry) => (
          <Row key={entry.seq} entry={entry} />
        ))}
      </ol>
      {audit.hasNextPage ? (
        <Button busy={audit.isFetchingNextPage} className="justify-self-center" onClick={() => void audit.fetchNextPage()}>
          Ältere laden
        </Button>
      ) : null}
    </div>
  )
}

const ACTIONS: Record<string, string> = {
  'item.received': 'Dokument aufgenommen',
  'item.changed': 'Dokument geändert',
  'item.deleted': 'Dokument gelöscht',
  'index.rebuild': 'Index neu aufgebaut',
  'job.cancelled': 'Auftrag abgebrochen',
  'job.retried': 'Auftrag erneut gestartet',
  'token.issued': 'Zugang angelegt',
  'token.revoked': 'Zugang gesperrt',
  'vocabulary.changed': 'Wortschatz geändert',
}

const LONG = 24

function shown(value: unknown): string {
  const text = typeof value === 'object' ? JSON.stringify(value) : String(value)
  return text.length > LONG ? `${text.slice(0, 12)}…` : text
}

function Row({ entry }: { entry: AuditEntry }) {
  const facts = Object.entries(entry.facts ?? {})
  return (
    <li className="num grid gap-x-4 gap-y-1 px-4 py-2.5 text-sm md:grid-cols-[150px_1fr_2fr]">
      <span className="text-xs text-muted md:pt-0.5">{formatTime(entry.ts)}</span>
      <span className="min-w-0">
        <span className="font-medium">{ACTIONS[entry.action] ?? entry.action}</span> <span className="text-muted">durch {entry.actor}</span>
      </span>
      <span className="flex min-w-0 flex-wrap items-start gap-1.5 text-xs text-muted [overflow-wrap:anywhere]">
        {entry.target}
        {facts.map(([name, value]) => (
          <Tag key={name}>
            {name}: {shown(value)}
          </Tag>
        ))}
      </span>
    </li>
  )
}
