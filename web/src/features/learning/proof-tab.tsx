import { ShieldCheck } from 'lucide-react'
import { useState } from 'react'
import type { AuditEntry, AuditVerdict } from '@/api/types'
import { formatCount, formatTime, plural } from '@/lib/format'
import { useSending } from '@/lib/use-sending'
import { actorName, actorToken } from '@/lib/words'
import { Badge, Tag } from '@/ui/badge'
import { Button } from '@/ui/button'
import { SearchField, Select } from '@/ui/field'
import { Empty, Fault, FaultLine, SkeletonRows } from '@/ui/states'
import { useActions, useAuditLog, verifyAudit } from './api'
import type { LearningSearch, OnSearch } from './search'
import { actionName, factName, factValue } from './log-words'

/** The audit log: who did what, filtered, and whether all of it is as it was written. */
export function ProofTab({ search, onSearch }: { search: LearningSearch; onSearch: OnSearch }) {
  const log = useAuditLog({ action: search.vorgang, actor: search.wer && actorToken(search.wer) })
  const actions = useActions()
  const entries = log.data?.pages.flatMap((page) => page.entries) ?? []
  const known = actions.data?.actions ?? []
  const offered = search.vorgang && !known.includes(search.vorgang) ? [search.vorgang, ...known] : known
  const chosen = search.vorgang !== undefined || search.wer !== undefined
  return (
    <div className="grid gap-4">
      <Verify />
      <div className="flex flex-wrap items-center gap-2">
        <Select aria-label="Vorgang" value={search.vorgang ?? ''} onChange={(event) => onSearch({ vorgang: event.target.value || undefined })}>
          <option value="">Alle Vorgänge</option>
          {offered.map((action) => (
            <option key={action} value={action}>
              {actionName(action)}
            </option>
          ))}
        </Select>
        <SearchField label="Wer" placeholder="Wer, etwa Redaktion" value={search.wer ?? ''} onChange={(wer) => onSearch({ wer: wer || undefined })} className="w-full sm:w-64" />
      </div>
      {!log.data ? (
        log.isError ? <Fault error={log.error} onRetry={() => void log.refetch()} className="card" /> : <div className="card"><SkeletonRows /></div>
      ) : entries.length === 0 ? (
        <Empty className="card" title="Keine Einträge" action={chosen ? <Button onClick={() => onSearch({ vorgang: undefined, wer: undefined })}>Alle zeigen</Button> : null}>
          {chosen ? 'Mit dieser Auswahl steht nichts im Protokoll.' : 'Das Protokoll beginnt mit dem ersten Vorgang.'}
        </Empty>
      ) : (
        <ol className="@container card divide-y divide-line overflow-hidden">
          {entries.map((entry) => (
            <Row key={entry.seq} entry={entry} />
          ))}
        </ol>
      )}
      {log.data && log.isError ? <FaultLine error={log.error} /> : null}
      {log.hasNextPage ? (
        <Button busy={log.isFetchingNextPage} className="justify-self-center" onClick={() => void log.fetchNextPage()}>
          Ältere laden
        </Button>
      ) : null}
    </div>
  )
}

function Verify() {
  const [verdict, setVerdict] = useState<AuditVerdict | null>(null)
  const { busy, fault, send } = useSending()
  const run = async (): Promise<void> => {
    setVerdict(null)
    setVerdict(await verifyAudit())
  }
  return (
    <div className="card grid gap-2 px-4 py-3">
      <div className="flex flex-wrap items-center gap-3">
        <p className="min-w-0 flex-1 basis-64 text-sm text-muted">Jeder Eintrag ist in eine Kette eingesiegelt, deren Köpfe täglich außerhalb der Datenbank verankert werden. Inhalte stehen nie darin, nur Kennungen und Zahlen.</p>
        <Button size="sm" busy={busy} onClick={() => void send(run)}>
          <ShieldCheck aria-hidden /> Nachprüfen
        </Button>
      </div>
      <FaultLine error={fault} />
      {verdict ? (
        <div role="status" className="num flex flex-wrap items-center gap-2 text-sm">
          <Badge shade={verdict.ok ? 'ok' : 'bad'}>{verdict.ok ? 'unverändert' : 'verändert'}</Badge>
          {verdict.first ? verdict.first.text : `${plural(verdict.rows, 'Eintrag', 'Einträge')} geprüft, ${formatCount(verdict.unsealed)} noch nicht versiegelt, ${formatCount(verdict.anchors)} Anker.`}
          {verdict.flaws.length > 1 ? <Tag>und {plural(verdict.flaws.length - 1, 'weitere Stelle', 'weitere Stellen')}</Tag> : null}
          {verdict.restored.length > 0 ? <Tag>aus Sicherung: {formatTime(verdict.restored.at(-1))}</Tag> : null}
        </div>
      ) : null}
    </div>
  )
}

const LONG = 24

function shortText(value: unknown): string {
  const text = factValue(value)
  return text.length > LONG ? `${text.slice(0, 12)}…` : text
}

function Row({ entry }: { entry: AuditEntry }) {
  return (
    <li className="num grid gap-x-4 gap-y-1 px-4 py-2.5 text-sm @2xl:grid-cols-[150px_1fr_2fr]">
      <span className="text-xs text-muted md:pt-0.5">{formatTime(entry.ts)}</span>
      <span className="min-w-0 [overflow-wrap:anywhere]">
        <span className="font-medium" title={entry.action}>
          {actionName(entry.action)}
        </span>{' '}
        <span className="text-muted" title={entry.actor}>
          durch {actorName(entry.actor)}
        </span>
      </span>
      <span className="flex min-w-0 flex-wrap items-start gap-1.5 text-xs text-muted [overflow-wrap:anywhere]">
        {entry.target}
        {Object.entries(entry.facts).map(([name, value]) => (
          <span key={name} title={factValue(value)}>
            <Tag>
              {factName(name)}: {shortText(value)}
            </Tag>
          </span>
        ))}
      </span>
    </li>
  )
}
