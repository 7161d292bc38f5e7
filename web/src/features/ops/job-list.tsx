import { Ban, RotateCcw } from 'lucide-react'
import { useState } from 'react'
import type { Job } from '@/api/types'
import { formatAgo, formatCount, formatSpan } from '@/lib/format'
import { frontTitle } from '@/lib/titles'
import { jobState, stageName } from '@/lib/words'
import { StateBadge } from '@/ui/badge'
import { Button } from '@/ui/button'
import { Confirm } from '@/ui/dialog'
import { Progress } from '@/ui/progress'
import { toast, toastFault } from '@/ui/toast'
import { cancelJob, retryJob } from './api'

const RANK: Record<Job['state'], number> = { running: 0, queued: 1, failed: 2, done: 2, cancelled: 2 }

/** What runs stands on top, then what waits, then the past by time. */
export function runningFirst(jobs: Job[]): Job[] {
  return jobs.toSorted((a, b) => RANK[a.state] - RANK[b.state] || b.created_at.localeCompare(a.created_at))
}

export function JobList({ jobs, onJob }: { jobs: Job[]; onJob: (job: Job) => void }) {
  const [doomed, setDoomed] = useState<Job | null>(null)
  return (
    <>
      <ul className="card divide-y divide-line overflow-hidden">
        {runningFirst(jobs).map((job) => (
          <li key={job.job_id} className="flex flex-wrap items-center gap-x-4 gap-y-2 px-4 py-3" data-job={job.job_id}>
            <JobFacts job={job} />
            <JobAction job={job} onCancel={() => setDoomed(job)} onJob={onJob} />
          </li>
        ))}
      </ul>
      <Confirm
        open={doomed !== null}
        onClose={() => setDoomed(null)}
        title="Auftrag abbrechen?"
        action="Auftrag abbrechen"
        danger
        onConfirm={async () => {
          if (doomed) onJob(await cancelJob(doomed.job_id))
          toast('Der Abbruch ist angefordert.', 'info')
        }}
      >
        „{doomed?.title}“ hält beim nächsten Schritt an. Sie können ihn später erneut starten.
      </Confirm>
    </>
  )
}

function JobFacts({ job }: { job: Job }) {
  const active = job.state === 'running' || job.state === 'queued'
  return (
    <div className="grid min-w-0 flex-1 basis-60 gap-1">
      <p className="flex flex-wrap items-center gap-2">
        <span className="min-w-0 truncate text-sm font-medium">{frontTitle(job.title)}</span>
        <StateBadge word={jobState(job.state)} />
        {job.cancel_requested && active ? <span className="text-xs text-warn">wird abgebrochen …</span> : null}
      </p>
      {job.error ? <p className="text-xs text-bad">{job.error}</p> : null}
      <p className="num text-xs text-muted">{factLine(job)}</p>
      {job.state === 'running' ? <Progress label={`Fortschritt von ${job.title}`} value={job.progress} total={job.total} className="mt-0.5" /> : null}
    </div>
  )
}

function factLine(job: Job): string {
  const attempts = job.attempts > 1 ? `${job.attempts}. Versuch` : ''
  if (job.state === 'running') {
    const count = job.total > 0 ? `${formatCount(job.progress)} von ${formatCount(job.total)}` : ''
    return [stageName(job.stage), count, `seit ${formatSpan(job.started_at, null)}`, attempts].filter(Boolean).join(' · ')
  }
  if (job.state === 'queued') return [`wartet seit ${formatSpan(job.created_at, null)}`, attempts].filter(Boolean).join(' · ')
  const chunks = typeof job.result.chunks === 'number' ? `${formatCount(job.result.chunks)} Passagen` : ''
  return [chunks, formatAgo(job.ended_at ?? job.created_at), job.started_at ? `in ${formatSpan(job.started_at, job.ended_at)}` : '', attempts].filter(Boolean).join(' · ')
}

function JobAction({ job, onCancel, onJob }: { job: Job; onCancel: () => void; onJob: (job: Job) => void }) {
  if (job.state === 'running' || job.state === 'queued') {
    return (
      <Button size="sm" disabled={job.cancel_requested} onClick={onCancel} aria-label={`${job.title} abbrechen`}>
        <Ban aria-hidden /> Abbrechen
      </Button>
    )
  }
  if (job.state === 'done') return null
  return (
    <Button size="sm" onClick={() => retryJob(job.job_id).then(onJob, toastFault)} aria-label={`${job.title} erneut starten`}>
      <RotateCcw aria-hidden /> Erneut
    </Button>
  )
}
