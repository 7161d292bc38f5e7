import type { Job } from '@/api/types'
import { formatCount } from '@/lib/format'
import { Progress } from '@/ui/progress'
import { atWork } from './words'

/** How far a job is. */
export function JobLine({ job, title }: { job: Job | undefined; title: string }) {
  const waits = job?.state === 'queued'
  const counted = job && job.progress > 0 ? `, ${formatCount(job.progress)}${job.total > 0 ? ` von ${formatCount(job.total)}` : ''}` : ''
  return (
    <div className="grid gap-1.5">
      <p role="status" className="num text-xs text-muted">
        {!job ? 'Läuft gerade' : waits ? 'Wartet auf einen freien Platz' : `Läuft: ${atWork(job.stage)}${counted}`}
      </p>
      <Progress label={`Fortschritt: ${title}`} value={job?.progress ?? 0} total={job?.total ?? 0} />
    </div>
  )
}
