import { FileDown } from 'lucide-react'
import { useState, type ReactNode } from 'react'
import type { TrainRun } from '@/api/types'
import { formatCount, formatSpan, formatTime } from '@/lib/format'
import { useMay } from '@/lib/may'
import { saveMarkdown } from '@/lib/save'
import { useSending } from '@/lib/use-sending'
import { StateBadge } from '@/ui/badge'
import { Button } from '@/ui/button'
import { FactList } from '@/ui/facts'
import { Page } from '@/ui/page'
import { Progress } from '@/ui/progress'
import { Empty, Fault, OldNews, SkeletonRows } from '@/ui/states'
import { Tabs } from '@/ui/tabs'
import { toastFault } from '@/ui/toast'
import { ApiError } from '@/lib/http'
import { makeCard, useRun } from './api'
import { Curve } from './curve'
import { NeedTable, needText } from './need-table'
import { ReleaseTab } from './release-tab'
import { ReviewTab } from './review-tab'
import { RunActs } from './run-acts'
import type { View } from './search'
import { measuredOf, spentOf } from './told'
import { VerdictTab } from './verdict-tab'
import { isOpen, methodName, pending, runState, shortVersion } from './words'

interface Props {
  name: string
  view: View
  onView: (view: View) => void
  back: ReactNode
}

/** A run: how far it is, what it is worth, and what people say. */
export function RunView({ name, view, onView, back }: Props) {
  const may = useMay()('data')
  const found = useRun(name)
  if (!found.data)
    return (
      <Page title={name}>
        {back}
        {found.isError && found.error instanceof ApiError && found.error.status === 404 ? (
          <Empty className="card" title="Diesen Lauf gibt es nicht">Vielleicht ist der Name vertippt.</Empty>
        ) : found.isError ? (
          <Fault error={found.error} onRetry={() => void found.refetch()} className="card" />
        ) : (
          <div className="card"><SkeletonRows /></div>
        )}
      </Page>
    )
  const { run, points, evaluation } = found.data
  return (
    <Page
      title={run.name}
      lead={<Lead run={run} />}
      actions={
        may ? (
          <>
            {run.state === 'done' ? <CardButton run={run} /> : null}
            <RunActs run={run} />
          </>
        ) : null
      }
    >
      {back}
      <OldNews found={found} />
      <Tabs
        label="Lauf"
        value={view}
        onChange={(next) => onView(next as View)}
        tabs={[
          {
            value: 'verlauf',
            label: 'Verlauf',
            content: (
              <div className="grid gap-4">
                <Stand run={run} />
                <Curve points={points} steps={run.steps} live={run.state === 'running'} />
                <About run={run} />
              </div>
            ),
          },
          { value: 'urteil', label: 'Urteil', content: <VerdictTab run={run} evaluation={evaluation} may={may} /> },
          { value: 'durchsicht', label: 'Blinde Durchsicht', content: <ReviewTab run={run} /> },
          ...(run.state === 'done' ? [{ value: 'freigabe', label: 'Freigabe', content: <ReleaseTab run={run} /> }] : []),
        ]}
      />
    </Page>
  )
}

function Lead({ run }: { run: TrainRun }) {
  return (
    <span className="flex flex-wrap items-center gap-2">
      <StateBadge word={runState(run.state)} />
      <span className="num">
        {run.base} · lernt {methodName(run.method)}
      </span>
    </span>
  )
}

function Stand({ run }: { run: TrainRun }) {
  const told = pending(run)
  if (!isOpen(run) && !run.reason) return null
  return (
    <div className="card grid gap-2 p-4 text-sm">
      {run.reason ? <p className={run.state === 'failed' ? 'text-bad' : undefined}>{run.reason}</p> : null}
      {told ? <p role="status">{told}</p> : null}
      {isOpen(run) ? (
        <>
          <p className="num text-xs text-muted">{stepText(run)}</p>
          <Progress label="Fortschritt des Laufs" value={run.step} total={run.state === 'running' ? run.steps : Math.max(1, run.steps)} />
        </>
      ) : null}
    </div>
  )
}

function stepText({ state, step, steps }: TrainRun): string {
  if (steps === 0) return 'Der Lauf hat noch nicht begonnen zu lernen.'
  if (state === 'running' && step >= steps) return 'Fertig gelernt. Modell und Basis beantworten jetzt die zurückgehaltenen Fragen.'
  return `Schritt ${formatCount(step)} von ${formatCount(steps)}`
}

function About({ run }: { run: TrainRun }) {
  const measured = measuredOf(run.measured)
  const spent = spentOf(run.measured)
  const rows: [string, string][] = [
    ['Begonnen', formatTime(run.started_at)],
    ...(run.ended_at ? [['Beendet', `${formatTime(run.ended_at)} (nach ${formatSpan(run.started_at, run.ended_at)})`] as [string, string]] : []),
    ['Datensatz', shortVersion(run.version)],
    ['Gerechnet auf', run.runs_on === 'gpu' ? 'Grafikkarte' : 'Prozessor'],
    ...(spent.length > 0 ? [['Gebraucht', spent.map((need) => needText(need, need.value)).join(', ')] as [string, string]] : []),
    ['Prüfsummen', `Basis ${shortVersion(run.base_sha256)}, Einstellungen ${shortVersion(run.config_sha256)}${run.adapter_sha256 ? `, Gelerntes ${shortVersion(run.adapter_sha256)}` : ''}`],
  ]
  return (
    <div className="grid items-start gap-4 lg:grid-cols-2">
      <div className="card p-4">
        <FactList rows={rows} />
      </div>
      {measured ? (
        <section className="card grid gap-3 p-4" aria-label="Vor dem Lauf gemessen">
          <h2 className="text-sm font-semibold">Vor dem Lauf gemessen</h2>
          <NeedTable measured={measured} told={run.reason !== ''} />
        </section>
      ) : null}
    </div>
  )
}

/** What is known of a model, as a file; or why there is none. */
function CardButton({ run }: { run: TrainRun }) {
  const { busy, send } = useSending(toastFault)
  const [refused, setRefused] = useState<string[]>([])
  const load = async (): Promise<void> => {
    const card = await makeCard(run)
    setRefused(card.refused)
    if (card.refused.length === 0) saveMarkdown(`${run.name}.md`, card.text)
  }
  return (
    <>
      <Button busy={busy} onClick={() => void send(load)}>
        <FileDown aria-hidden /> Modellkarte
      </Button>
      {refused.length > 0 ? (
        <p role="alert" className="order-last basis-full text-sm text-bad [overflow-wrap:anywhere]">
          Keine Modellkarte: {refused.join(' ')}
        </p>
      ) : null}
    </>
  )
}
