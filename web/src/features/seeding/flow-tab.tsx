import { OctagonAlert } from 'lucide-react'
import type { Job, Pipeline, SeedRun } from '@/api/types'
import { formatCount, formatSpan, formatTime } from '@/lib/format'
import { path } from '@/lib/http'
import { actorName } from '@/lib/words'
import { StateBadge } from '@/ui/badge'
import { buttonLook } from '@/ui/button'
import { Empty } from '@/ui/states'
import { countOf, gateFaults, problemsOf } from './counts'
import { GroupsCard, ShiftsCard } from './judged-cards'
import { ProgressLine } from './progress-line'
import { RunPick } from './run-pick'
import type { OnSearch } from './search'
import { ThresholdCard } from './threshold-card'
import { Way } from './way'
import { runState } from './words'

interface Props {
  pipeline: Pipeline
  runs: SeedRun[]
  run: SeedRun | undefined
  job: Job | undefined
  may: boolean
  onSearch: OnSearch
}

/** One run: its way with counts, why it stopped, and how good its records are. */
export function FlowTab({ pipeline, runs, run, job, may, onSearch }: Props) {
  const atWork = pipeline.job_id !== null && (run === undefined || run.run_id === runs[0]?.run_id)
  return (
    <div className="grid gap-5">
      {run ? <Head run={run} runs={runs} onSearch={onSearch} /> : null}
      {atWork ? <ProgressLine job={job} title={pipeline.title} /> : null}
      {run?.stopped ? <Stopped run={run} /> : null}
      <Way pipeline={pipeline} run={run} job={atWork ? job : undefined} onStep={may && run ? (step) => onSearch({ teil: 'weggelassen', schritt: step }) : null} />
      {run ? (
        <>
          <Faults run={run} />
          <ThresholdCard key={run.run_id} counts={run.counts} policy={pipeline.policy} />
          <GroupsCard counts={run.counts} />
          <ShiftsCard counts={run.counts} />
        </>
      ) : atWork ? null : (
        <Empty className="card py-10" title="Noch kein Lauf">Mit dem ersten Lauf stehen hier Zahlen: was hereinkam, was jeder Schritt wegließ, was blieb.</Empty>
      )}
    </div>
  )
}

function Head({ run, runs, onSearch }: { run: SeedRun; runs: SeedRun[]; onSearch: OnSearch }) {
  const changed = countOf(run.counts, 'changed')
  return (
    <div className="flex flex-wrap items-end gap-x-4 gap-y-3">
      <RunPick runs={runs} run={run} onRun={(lauf) => onSearch({ lauf })} />
      <div className="num grid min-w-0 flex-1 basis-64 gap-1 text-xs text-muted">
        <p className="flex flex-wrap items-center gap-2">
          <StateBadge word={runState(run.state)} /> {run.ended_at ? `in ${formatSpan(run.started_at, run.ended_at)}` : `seit ${formatTime(run.started_at)}`}, gestartet von {actorName(run.started_by)}
        </p>
        <p className="[overflow-wrap:anywhere]">
          {run.reason ? `Anlass: ${run.reason}. ` : ''}
          {changed ? `${formatCount(changed)} Werte vereinheitlicht.` : ''}
        </p>
      </div>
      {run.state === 'done' ? (
        <a href={path(`/seeding/runs/${run.run_id}/events`)} download={`lauf-${run.run_id}.ndjson`} className={buttonLook({ size: 'sm' })}>
          Als OpenLineage
        </a>
      ) : null}
    </div>
  )
}

function Stopped({ run }: { run: SeedRun }) {
  const braked = run.state === 'stopped'
  return (
    <div role="note" className="flex items-start gap-2.5 rounded-control border border-warn/45 bg-warn-soft px-3 py-2 text-sm text-warn">
      <OctagonAlert className="mt-0.5 size-4 shrink-0" aria-hidden />
      <p className="min-w-0 [overflow-wrap:anywhere]">
        {braked ? 'Die Bremse hielt den Lauf an: ' : ''}
        {run.stopped} {braked ? 'Es entstand keine Fassung; was in Gebrauch ist, bleibt es.' : ''}
      </p>
    </div>
  )
}

/** What kept the version from use, and what was odd about the source. */
function Faults({ run }: { run: SeedRun }) {
  const faults = gateFaults(run.counts)
  const problems = problemsOf(run.counts)
  return (
    <>
      {faults.length > 0 ? (
        <ul aria-label="Verstöße gegen die Regeln" className="grid gap-1 rounded-control border border-bad/45 bg-bad-soft px-3 py-2 text-sm text-bad">
          {faults.map((fault) => (
            <li key={fault}>{fault}</li>
          ))}
        </ul>
      ) : null}
      {problems.length > 0 ? (
        <details className="text-sm">
          <summary className="w-fit text-muted">Auffälliges in der Quelle ({formatCount(problems.length)})</summary>
          <ul className="list-disc pt-1 pl-5 text-xs text-muted">
            {problems.map((problem) => (
              <li key={problem}>{problem}</li>
            ))}
          </ul>
        </details>
      ) : null}
    </>
  )
}
