import { Eye, FlaskConical, Play } from 'lucide-react'
import type { Pipeline } from '@/api/types'
import { formatTime, formatCount } from '@/lib/format'
import { useTone } from '@/lib/tone'
import { useSending } from '@/lib/use-sending'
import { StateBadge, Tag } from '@/ui/badge'
import { Button } from '@/ui/button'
import { FactList } from '@/ui/facts'
import { Empty } from '@/ui/states'
import { toastFault } from '@/ui/toast'
import { startRun, useRenew, useRunJob } from './api'
import { countOf } from './counts'
import { ProgressLine } from './progress-line'
import { purposeName, runState, shortVersion, sourceKind } from './words'

const EXAMPLE = 'beispiel-tickets'

interface Props {
  pipelines: Pipeline[]
  /** Whether this person may act. */
  may: boolean
  onOpen: (name: string) => void
  onRun: (pipeline: Pipeline) => void
  onPreview: (pipeline: Pipeline) => void
}

/** Every pipeline with what it makes of which source, and how it stands. */
export function PipelineList({ pipelines, may, onOpen, onRun, onPreview }: Props) {
  const fresh = pipelines.every(({ last, job_id }) => last === null && job_id === null)
  return (
    <>
      {fresh ? <Welcome example={may && pipelines.some(({ name }) => name === EXAMPLE)} onOpen={onOpen} /> : null}
      <ul aria-label="Pipelines" className="grid items-start gap-4 lg:grid-cols-2">
        {pipelines.map((pipeline) => (
          <li key={pipeline.name} className="min-w-0">
            <Card pipeline={pipeline} may={may} onOpen={() => onOpen(pipeline.name)} onRun={() => onRun(pipeline)} onPreview={() => onPreview(pipeline)} />
          </li>
        ))}
      </ul>
    </>
  )
}

function Card({ pipeline, may, onOpen, onRun, onPreview }: { pipeline: Pipeline; may: boolean; onOpen: () => void; onRun: () => void; onPreview: () => void }) {
  const { last, live, job_id } = pipeline
  const job = useRunJob(job_id, may).data
  return (
    <article className="card grid gap-3 p-4" aria-label={pipeline.title}>
      <div className="grid gap-1">
        <h2 className="text-base font-semibold">
          <button type="button" onClick={onOpen} className="rounded-control text-left [overflow-wrap:anywhere] hover:underline">
            {pipeline.title}
          </button>
        </h2>
        <p className="flex flex-wrap gap-1.5">
          <Tag>{sourceKind(pipeline.source)}</Tag>
          <Tag>Zweck: {purposeName(pipeline.purpose)}</Tag>
          {pipeline.every_hours ? <Tag>alle {pipeline.every_hours} h</Tag> : null}
        </p>
      </div>
      <FactList
        rows={[
          ['Letzter Lauf', last ? formatTime(last.started_at) : 'noch keiner'],
          ['In Gebrauch', live ? shortVersion(live) : 'keine Fassung'],
        ]}
      />
      {job_id ? (
        <ProgressLine job={job} title={pipeline.title} />
      ) : last ? (
        <div className="num flex flex-wrap items-center gap-2 text-xs text-muted">
          <StateBadge word={runState(last.state)} />
          <span className="min-w-0 [overflow-wrap:anywhere]">{outcome(pipeline)}</span>
        </div>
      ) : null}
      <div className="flex flex-wrap gap-2">
        {may ? (
          <>
            <Button size="sm" disabled={job_id !== null} onClick={onRun} aria-label={`Laufen lassen: ${pipeline.title}`}>
              <Play aria-hidden /> Laufen lassen
            </Button>
            <Button size="sm" onClick={onPreview} aria-label={`Vorschau: ${pipeline.title}`}>
              <Eye aria-hidden /> Vorschau
            </Button>
          </>
        ) : null}
        <Button size="sm" onClick={onOpen} aria-label={`Ansehen: ${pipeline.title}`}>
          Ansehen
        </Button>
      </div>
    </article>
  )
}

/** What came of the last run, in a line. */
function outcome({ last }: Pipeline): string {
  if (!last) return ''
  if (last.stopped) return last.stopped
  const [kept, came] = [countOf(last.counts, 'kept'), countOf(last.counts, 'rows_in')]
  return kept !== null && came !== null ? `${formatCount(kept)} von ${formatCount(came)} Datensätzen behalten` : ''
}

/** A fresh installation: one click shows how it works. */
function Welcome({ example, onOpen }: { example: boolean; onOpen: (name: string) => void }) {
  const tone = useTone()
  const renew = useRenew('seeding')
  const { busy, send } = useSending(toastFault)
  const run = async (): Promise<void> => {
    await startRun(EXAMPLE, 'Beispieldaten ausprobiert')
    await renew()
    onOpen(EXAMPLE)
  }
  return (
    <Empty
      className="card py-10"
      title="Noch kein Lauf"
      action={
        example ? (
          <Button look="primary" busy={busy} onClick={() => void send(run)}>
            <FlaskConical aria-hidden /> Beispieldaten ausprobieren
          </Button>
        ) : null
      }
    >
      {tone(
        'Eine Pipeline wirft Doppeltes weg, und was sie wegwirft, zeigt sie vor. Die Beispieldaten eines erfundenen Stadtwerks führen das in Sekunden vor.',
        'Eine Pipeline macht aus einer Quelle eine Fassung und zeigt, was sie wegließ. Die Beispieldaten eines erfundenen Stadtwerks führen das in Sekunden vor.',
      )}
    </Empty>
  )
}
