import { useQuery } from '@tanstack/react-query'
import { CircleCheck, CircleSlash, CopyX, FileText, TriangleAlert, X } from 'lucide-react'
import { useEffect, type ReactNode } from 'react'
import type { Job } from '@/api/types'
import { formatBytes, formatShare } from '@/lib/format'
import { api, data } from '@/lib/http'
import { isEnded, usePolling } from '@/live/live'
import { Button, IconButton } from '@/ui/button'
import { Progress } from '@/ui/progress'
import { isOver, type Upload } from './queue'

type Any = Upload<string, unknown>

export const SIGNS = {
  underway: <FileText className="text-brand" aria-hidden />,
  waiting: <FileText className="text-muted" aria-hidden />,
  done: <CircleCheck className="text-ok" aria-hidden />,
  known: <CopyX className="text-muted" aria-hidden />,
  doubtful: <TriangleAlert className="text-warn" aria-hidden />,
  failed: <TriangleAlert className="text-bad" aria-hidden />,
  cancelled: <CircleSlash className="text-muted" aria-hidden />,
} satisfies Record<string, ReactNode>

/** The files of this visit, each with how far it is and what became of it. */
export function UploadList({ label, title, uploads, onClear, children }: { label: string; title: string; uploads: Any[]; onClear: () => void; children: ReactNode }) {
  if (uploads.length === 0) return null
  return (
    <section className="card overflow-hidden" aria-label={label}>
      <div className="flex items-center justify-between gap-3 border-b border-line px-4 py-2">
        <h2 className="text-sm font-semibold" role="status">
          {title}
        </h2>
        <Button size="sm" look="ghost" disabled={!uploads.some(isOver)} onClick={onClear}>
          Liste leeren
        </Button>
      </div>
      <ul className="scroll-thin max-h-80 divide-y divide-line overflow-y-auto">
        {children}
      </ul>
    </section>
  )
}

/** The job that works on a file, while it does; `onEnd` hears of its end and has to stay the same function. */
export function useUploadJob(upload: Any, onEnd: (id: string, job: Job) => void): Job | undefined {
  const following = upload.state === 'working'
  const polling = usePolling(1000)
  const job = useQuery({
    queryKey: ['job', upload.jobId],
    queryFn: ({ signal }) => data(api.GET('/api/v1/jobs/{job_id}', { params: { path: { job_id: upload.jobId ?? '' } }, signal })),
    enabled: following && upload.jobId !== null,
    refetchInterval: following ? polling || 3000 : false,
  }).data
  useEffect(() => {
    if (following && job && isEnded(job)) onEnd(upload.id, job)
  }, [following, job, upload.id, onEnd])
  return job
}

/** A file: its sign, how far it is, what became of it (`fate`), and what may be done (`children`). */
export function UploadRow({ upload, job, sign, doing, fate, onCancel, children }: { upload: Any; job: Job | undefined; sign: ReactNode; doing: string; fate: ReactNode; onCancel: () => void; children?: ReactNode }) {
  return (
    <li className="flex flex-wrap items-center gap-x-3 gap-y-2 px-4 py-2.5 [&>svg]:size-5 [&>svg]:shrink-0">
      {sign}
      <div className="grid min-w-0 flex-1 gap-1">
        <div className="flex items-baseline justify-between gap-3">
          <span className="truncate text-sm font-medium" title={upload.name}>
            {upload.name}
          </span>
          <span className="num shrink-0 text-2xs text-muted">{formatBytes(upload.bytes)}</span>
        </div>
        {upload.state === 'sending' ? <Progress label={`${upload.name} wird gesendet`} value={upload.sent} total={1} /> : null}
        {upload.state === 'working' ? <Progress label={`${upload.name} ${doing}`} value={job?.progress ?? 0} total={job?.total ?? 0} /> : null}
        {upload.state === 'failed' ? <Failure upload={upload} /> : <p className="num text-xs text-muted [overflow-wrap:anywhere]">{underway(upload) ?? fate}</p>}
      </div>
      {children}
      {upload.state === 'waiting' || upload.state === 'sending' ? (
        <IconButton label={`${upload.name} abbrechen`} size="icon-sm" onClick={onCancel}>
          <X aria-hidden />
        </IconButton>
      ) : null}
    </li>
  )
}

function Failure({ upload }: { upload: Any }) {
  return (
    <p role="alert" className="text-xs text-bad [overflow-wrap:anywhere]">
      {upload.message}
      {upload.traceId ? ` (Kennung ${upload.traceId})` : ''}
    </p>
  )
}

/** What is said of a file that has not arrived, or that somebody stopped; the same on every page. */
export function underway(upload: Any): string | null {
  if (upload.state === 'waiting') return upload.message ? `wartet: ${upload.message}` : 'wartet'
  if (upload.state === 'sending') return `wird gesendet, ${formatShare(upload.sent)}`
  return upload.state === 'cancelled' ? 'abgebrochen' : null
}
