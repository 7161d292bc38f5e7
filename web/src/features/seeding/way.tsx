import { ArrowRight, Database, Filter, PackageCheck, ShieldCheck } from 'lucide-react'
import { useState } from 'react'
import type { Job, Pipeline, SeedRun } from '@/api/types'
import { cn } from '@/lib/cn'
import { formatCount } from '@/lib/format'
import { wayOf, type Stage } from './counts'
import { sourceKind, stageOf, stepName } from './words'

interface Props {
  pipeline: Pipeline
  run: SeedRun | undefined
  /** The run's job while it is under way. */
  job: Job | undefined
  onStep: ((step: string) => void) | null
}

/** The way of the records as a picture: from the source through each step and the policy to the version. */
export function Way({ pipeline, run, job, onStep }: Props) {
  const { rows, active } = useRowsTold(pipeline.steps, job)
  const stages = wayOf(pipeline.steps, run, rows)
  const open = run === undefined || run.state === 'running'
  return (
    <ol aria-label="Weg der Datensätze" className="flex flex-wrap items-stretch gap-x-1 gap-y-3">
      {stages.map((stage, at) => (
        <li key={stage.key} className="flex min-w-0 items-stretch gap-1 max-sm:w-full max-sm:flex-col sm:grow">
          {at > 0 ? <ArrowRight aria-hidden className="size-4 shrink-0 self-center text-muted max-sm:-my-1 max-sm:rotate-90" /> : null}
          <Box stage={stage} name={nameOf(stage.key, pipeline)} active={stage.key === active} open={open} onStep={run?.state === 'done' ? onStep : null} />
        </li>
      ))}
    </ol>
  )
}

/** What a job tells on its way, stage by stage, as long as the page is open. */
function useRowsTold(steps: readonly string[], job: Job | undefined): { rows: Record<string, number>; active: string | undefined } {
  const [seen, setSeen] = useState<{ job: string; rows: Record<string, number> }>({ job: '', rows: {} })
  if (job?.state !== 'running') return { rows: {}, active: undefined }
  const { counted, active } = stageOf(job.stage, steps)
  const before = seen.job === job.job_id ? seen.rows : {}
  const rows = counted && job.progress > 0 ? { ...before, [counted]: job.progress } : before
  if (seen.job !== job.job_id || (counted && rows[counted] !== before[counted])) setSeen({ job: job.job_id, rows })
  return { rows, active }
}

function nameOf(key: string, pipeline: Pipeline): string {
  return key === 'source' ? sourceKind(pipeline.source) : key === 'version' ? 'Fassung' : stepName(key)
}

const HEADS: Record<string, string> = { source: 'Quelle', gate: 'Prüfung', version: 'Ergebnis', objection: 'Personen' }
const ICONS = { source: Database, gate: ShieldCheck, version: PackageCheck }

function Box({ stage, name, active, open, onStep }: { stage: Stage; name: string; active: boolean; open: boolean; onStep: Props['onStep'] }) {
  const { key, rows } = stage
  const Icon = ICONS[key as keyof typeof ICONS] ?? Filter
  const end = key === 'source' || key === 'version'
  return (
    <div className={cn('grid min-w-32 flex-1 content-start gap-x-3 gap-y-1 rounded-control border border-line px-3 py-2 max-sm:grid-cols-[1fr_auto]', end ? 'bg-brand-soft' : 'bg-sunken', active && 'border-brand outline-2 outline-offset-1 outline-brand')} aria-current={active ? 'step' : undefined}>
      <span className="flex items-center gap-1.5 text-2xs text-muted max-sm:col-span-2">
        <Icon className="size-3.5 shrink-0" aria-hidden /> {HEADS[key] ?? 'Schritt'}
      </span>
      <span className="text-sm font-medium [overflow-wrap:anywhere]">{name}</span>
      <span className="num text-lg leading-6 font-semibold max-sm:row-span-2 max-sm:self-center">{formatCount(rows)}</span>
      <Outcome stage={stage} name={name} open={open} onStep={onStep} />
    </div>
  )
}

function Outcome({ stage: { key, rows, out }, name, open, onStep }: { stage: Stage; name: string; open: boolean; onStep: Props['onStep'] }) {
  const text = outcome(key, rows, out, open)
  if (!out || !onStep) return <span className="num text-xs text-muted">{text}</span>
  return (
    <button type="button" onClick={() => onStep(key)} aria-label={`${text}: ${name}`} className="num w-fit rounded text-left text-xs text-brand underline decoration-brand/40 underline-offset-3 hover:decoration-brand">
      {text}
    </button>
  )
}

function outcome(key: string, rows: number | null, out: number | null, open: boolean): string {
  if (rows === null) return open ? 'noch offen' : key === 'version' ? 'keine Fassung' : 'nicht gezählt'
  if (key === 'source') return 'hereingekommen'
  if (key === 'version') return 'behalten'
  return out ? `${formatCount(out)} weggelassen` : out === 0 ? 'nichts weggelassen' : 'durchgekommen'
}
