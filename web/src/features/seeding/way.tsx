import { ArrowRight, Database, Filter, PackageCheck, ShieldCheck } from 'lucide-react'
import type { Job, Pipeline, SeedRun } from '@/api/types'
import { cn } from '@/lib/cn'
import { formatCount } from '@/lib/format'
import { wayOf, type Stage } from './counts'
import { sourceKind, stageAtWork, stepName } from './words'

interface Props {
  pipeline: Pipeline
  run: SeedRun | undefined
  /** The run's job while it is under way. */
  job: Job | undefined
  onStep: ((step: string) => void) | null
}

/** The way of the records as a picture: from the source through each step and the policy to the version. */
export function Way({ pipeline, run, job, onStep }: Props) {
  const stages = wayOf(pipeline.steps, run)
  const now = job?.state === 'running' ? stageAtWork(job.stage) : undefined
  return (
    <ol aria-label="Weg der Datensätze" className="flex flex-wrap items-stretch gap-x-1 gap-y-3">
      {stages.map((stage, at) => (
        <li key={stage.key} className="flex min-w-0 items-stretch gap-1 max-sm:w-full max-sm:flex-col">
          {at > 0 ? <ArrowRight aria-hidden className="size-4 shrink-0 self-center text-muted max-sm:-my-1 max-sm:rotate-90" /> : null}
          <Box stage={stage} name={nameOf(stage.key, pipeline)} active={stage.key === now} onStep={onStep} />
        </li>
      ))}
    </ol>
  )
}

function nameOf(key: string, pipeline: Pipeline): string {
  return key === 'source' ? sourceKind(pipeline.source) : key === 'version' ? 'Fassung' : stepName(key)
}

const HEADS: Record<string, string> = { source: 'Quelle', gate: 'Prüfung', version: 'Ergebnis', objection: 'Personen' }
const ICONS = { source: Database, gate: ShieldCheck, version: PackageCheck }

function Box({ stage, name, active, onStep }: { stage: Stage; name: string; active: boolean; onStep: Props['onStep'] }) {
  const { key, rows, out } = stage
  const Icon = ICONS[key as keyof typeof ICONS] ?? Filter
  const end = key === 'source' || key === 'version'
  return (
    <div className={cn('grid min-w-32 flex-1 content-start gap-1 rounded-control border border-line px-3 py-2', end ? 'bg-brand-soft' : 'bg-sunken', active && 'border-brand outline-2 outline-offset-1 outline-brand')} aria-current={active ? 'step' : undefined}>
      <span className="flex items-center gap-1.5 text-2xs text-muted">
        <Icon className="size-3.5 shrink-0" aria-hidden /> {HEADS[key] ?? 'Schritt'}
      </span>
      <span className="text-sm font-medium [overflow-wrap:anywhere]">{name}</span>
      <span className="num text-lg leading-6 font-semibold">{formatCount(rows)}</span>
      {end ? <span className="text-xs text-muted">{key === 'source' ? 'hereingekommen' : 'behalten'}</span> : <Out stage={stage} name={name} onStep={onStep} out={out} />}
    </div>
  )
}

function Out({ stage, name, out, onStep }: { stage: Stage; name: string; out: number | null; onStep: Props['onStep'] }) {
  if (out === null) return <span className="text-xs text-muted">noch offen</span>
  if (out === 0) return <span className="text-xs text-muted">nichts weggelassen</span>
  const text = `${formatCount(out)} weggelassen`
  if (!onStep) return <span className="num text-xs text-muted">{text}</span>
  return (
    <button type="button" onClick={() => onStep(stage.key)} aria-label={`${text}: ${name}`} className="num w-fit rounded text-left text-xs text-brand underline decoration-brand/40 underline-offset-3 hover:decoration-brand">
      {text}
    </button>
  )
}
