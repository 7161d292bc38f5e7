import { Link } from '@tanstack/react-router'
import { ChevronRight, Plus } from 'lucide-react'
import { useState } from 'react'
import type { TrainRun } from '@/api/types'
import { formatCount, formatDay, formatTime, plural } from '@/lib/format'
import { useMay } from '@/lib/may'
import { Badge, StateBadge } from '@/ui/badge'
import { Button } from '@/ui/button'
import { Section } from '@/ui/page'
import { Progress } from '@/ui/progress'
import { Empty, Fault, OldNews, SkeletonRows } from '@/ui/states'
import { useCauses, useRun, useRuns } from './api'
import { ServingLine } from './serving-line'
import { verdictOf } from './told'
import { methodName, pending, runState } from './words'

const AT_FIRST = 10

interface Props {
  onOpen: (name: string) => void
  onNew: () => void
}

/** Why a model should be trained, and every run with how it stands. */
export function RunsTab({ onOpen, onNew }: Props) {
  const may = useMay()
  return (
    <div className="grid gap-6">
      <ServingLine onOpen={onOpen} />
      <Runs onOpen={onOpen} onNew={may('data') ? onNew : null} />
      {may('measure') ? <Causes /> : null}
    </div>
  )
}

function Runs({ onOpen, onNew }: { onOpen: (name: string) => void; onNew: (() => void) | null }) {
  const found = useRuns()
  const [all, setAll] = useState(false)
  const begin = onNew ? (
    <Button look="primary" size="sm" onClick={onNew}>
      <Plus aria-hidden /> Neuer Lauf
    </Button>
  ) : null
  const runs = found.data?.runs
  return (
    <Section title="Läufe" aside={runs && runs.length > 0 ? begin : null}>
      <OldNews found={found} />
      {!runs ? (
        found.isError ? <Fault error={found.error} onRetry={() => void found.refetch()} className="card" /> : <div className="card"><SkeletonRows rows={3} /></div>
      ) : runs.length === 0 ? (
        <Empty className="card" title="Noch kein Lauf" action={begin}>
          {onNew ? 'Erst einen Datensatz machen, dann messen, was ein Lauf braucht, dann beginnen.' : 'Einen Lauf beginnt, wer Daten betreut.'}
        </Empty>
      ) : (
        <>
          <ul aria-label="Läufe" className="card divide-y divide-line">
            {(all ? runs : runs.slice(0, AT_FIRST)).map((run) => (
              <li key={run.run_id}>
                <Line run={run} onOpen={() => onOpen(run.name)} />
              </li>
            ))}
          </ul>
          {!all && runs.length > AT_FIRST ? (
            <Button size="sm" className="w-fit" onClick={() => setAll(true)}>
              Ältere Läufe zeigen ({formatCount(runs.length - AT_FIRST)})
            </Button>
          ) : null}
        </>
      )}
    </Section>
  )
}

function Line({ run, onOpen }: { run: TrainRun; onOpen: () => void }) {
  const says = pending(run) || run.reason
  return (
    <button type="button" onClick={onOpen} className="flex w-full items-center gap-3 px-4 py-3 text-left hover:bg-sunken focus-visible:-outline-offset-2">
      <span className="grid min-w-0 flex-1 gap-1">
        <span className="flex flex-wrap items-center gap-2">
          <span className="text-sm font-medium [overflow-wrap:anywhere]">{run.name}</span>
          <StateBadge word={runState(run.state)} />
          {run.state === 'done' ? <Gates run={run} /> : null}
        </span>
        <span className="num text-xs text-muted [overflow-wrap:anywhere]">
          {formatTime(run.created_at)} · {run.base} · lernt {methodName(run.method)}
        </span>
        {says ? <span className="text-xs [overflow-wrap:anywhere]">{says}</span> : null}
        {run.state === 'running' || run.state === 'paused' ? <Progress label={`Fortschritt: ${run.name}`} value={run.step} total={run.steps} className="mt-1 max-w-md" /> : null}
      </span>
      <ChevronRight className="size-4 shrink-0 text-muted" aria-hidden />
    </button>
  )
}

/** Whether the gates let a run through; it is asked for run by run. */
function Gates({ run }: { run: TrainRun }) {
  const evaluation = useRun(run.name).data?.evaluation
  if (evaluation === undefined) return null
  if (evaluation === null) return <Badge>noch nicht beurteilt</Badge>
  if (evaluation.passed) return <StateBadge word={{ label: 'alle Tore ok', shade: 'ok' }} />
  const { held } = verdictOf(evaluation.told)
  return <StateBadge word={{ label: held === 1 ? 'ein Tor hält' : `${formatCount(held)} Tore halten`, shade: 'bad' }} />
}

function Causes() {
  const found = useCauses()
  const tickets = found.data
  return (
    <Section title="Anlässe" aside={tickets && tickets.length > 0 ? <span className="num text-xs text-muted">{plural(tickets.length, 'offenes Ticket', 'offene Tickets')}</span> : null}>
      <OldNews found={found} />
      {!tickets ? (
        found.isError ? <Fault error={found.error} onRetry={() => void found.refetch()} className="card" /> : <div className="card"><SkeletonRows rows={2} /></div>
      ) : tickets.length === 0 ? (
        <p className="card p-4 text-sm text-muted">Zurzeit spricht nichts für einen neuen Lauf. Ein Ticket entsteht, wenn weder fehlende Unterlagen noch Anweisungen an das Modell noch die Reihenfolge der Fundstellen schlechte Zahlen erklären.</p>
      ) : (
        <ul aria-label="Anlässe" className="card divide-y divide-line">
          {tickets.map((ticket) => (
            <li key={ticket.ticket_id} className="grid gap-1 px-4 py-3">
              <p className="flex flex-wrap items-baseline gap-x-2">
                <Link to="/admin/kpis" search={{ teil: 'tickets', ticket: ticket.ticket_id }} className="text-sm font-medium text-brand underline decoration-brand/40 underline-offset-3 hover:decoration-brand [overflow-wrap:anywhere]">
                  {ticket.title}
                </Link>
                <span className="num text-xs text-muted">
                  Nr. {formatCount(ticket.number)} · {ticket.state_text} · seit {formatDay(ticket.opened_at)}
                </span>
              </p>
              <p className="text-sm whitespace-pre-line text-muted [overflow-wrap:anywhere]">{ticket.text}</p>
            </li>
          ))}
        </ul>
      )}
    </Section>
  )
}
