import type { Job } from '@/api/types'
import { plural } from '@/lib/format'
import { Progress } from '@/ui/progress'
import { atWork } from './words'

/** How far a run is; without its job (not everybody sees jobs) only that it runs. */
export function ProgressLine({ job, title }: { job: Job | undefined; title: string }) {
  const counted = job && job.progress > 0 ? `, ${plural(job.progress, 'Datensatz', 'Datensätze')}` : ''
  return (
    <div className="grid gap-1.5">
      <p role="status" className="num text-xs text-muted">
        {job ? `Läuft: ${atWork(job.stage)}${counted}` : 'Läuft gerade'}
      </p>
      <Progress label={`Fortschritt: ${title}`} value={job?.progress ?? 0} total={job?.total ?? 0} />
    </div>
  )
}
