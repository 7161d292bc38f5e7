import { useQuery } from '@tanstack/react-query'
import { CircleCheck, CircleSlash, CopyX, FileText, TriangleAlert, X } from 'lucide-react'
import { useEffect, type ReactNode } from 'react'
import type { Job } from '@/api/types'
import { formatBytes, formatShare, plural } from '@/lib/format'
import { api, data } from '@/lib/http'
import { stageName } from '@/lib/words'
import { isEnded, usePolling } from '@/live/live'
import { Button, IconButton } from '@/ui/button'
import { Progress } from '@/ui/progress'
import { isOver, type Upload } from './upload-queue'
import { cancelUpload, clearUploads, noteJob, useUploads } from './uploads'

export function UploadList({ onOpenItem }: { onOpenItem: (itemId: string) => void }) {
  const uploads = useUploads()
  if (uploads.length === 0) return null
  const open = uploads.filter((upload) => !isOver(upload)).length
  return (
    <section className="card overflow-hidden" aria-label="Hochgeladene Dateien">
      <div className="flex items-center justify-between gap-3 border-b border-line px-4 py-2">
        <h2 className="text-sm font-semibold" role="status">
          {open > 0 ? `${plural(open, 'Datei', 'Dateien')} in Arbeit` : 'Hochgeladen'}
        </h2>
        <Button size="sm" look="ghost" disabled={open === uploads.length} onClick={clearUploads}>
          Liste leeren
        </Button>
      </div>
      <ul className="scroll-thin max-h-72 divide-y divide-line overflow-y-auto">
        {uploads.map((upload) => (
          <li key={upload.id}>
            <UploadRow upload={upload} onOpenItem={onOpenItem} />
          </li>
        ))}
      </ul>
    </section>
  )
}

function useUploadJob(upload: Upload): Job | undefined {
  const following = upload.state === 'working'
  const polling = usePolling(1500)
  const job = useQuery({
    queryKey: ['job', upload.jobId],
    queryFn: ({ signal }) => data(api.GET('/api/v1/jobs/{job_id}', { params: { path: { job_id: upload.jobId ?? '' } }, signal })),
    enabled: following && upload.jobId !== null,
    refetchInterval: following ? polling || 4000 : false,
  }).data
  useEffect(() => {
    if (following && job && isEnded(job)) noteJob(upload.id, job)
  }, [following, job, upload.id])
  return job
}

const SIGNS: Record<Upload['state'], ReactNode> = {
  waiting: <FileText className="text-muted" aria-hidden />,
  sending: <FileText className="text-brand" aria-hidden />,
  working: <FileText className="text-brand" aria-hidden />,
  done: <CircleCheck className="text-ok" aria-hidden />,
  duplicate: <CopyX className="text-warn" aria-hidden />,
  failed: <TriangleAlert className="text-bad" aria-hidden />,
  cancelled: <CircleSlash className="text-muted" aria-hidden />,
}

function UploadRow({ upload, onOpenItem }: { upload: Upload; onOpenItem: (itemId: string) => void }) {
  const job = useUploadJob(upload)
  return (
    <div className="flex items-center gap-3 px-4 py-2.5 [&>svg]:size-5 [&>svg]:shrink-0">
      {SIGNS[upload.state]}
      <div className="grid min-w-0 flex-1 gap-1">
        <div className="flex items-baseline justify-between gap-3">
          <span className="truncate text-sm font-medium">{upload.name}</span>
          <span className="num shrink-0 text-2xs text-muted">{formatBytes(upload.bytes)}</span>
        </div>
        {upload.state === 'sending' ? <Progress label={`${upload.name} wird gesendet`} value={upload.sent} total={1} /> : null}
        {upload.state === 'working' && job?.state === 'running' ? <Progress label={`${upload.name} wird aufgenommen`} value={job.progress} total={job.total} /> : null}
        <p className="num text-xs text-muted">
          <Fate upload={upload} job={job} onOpenItem={onOpenItem} />
        </p>
      </div>
      {isOver(upload) || upload.state === 'working' ? null : (
        <IconButton label={`${upload.name} abbrechen`} size="icon-sm" onClick={() => cancelUpload(upload.id)}>
          <X aria-hidden />
        </IconButton>
      )}
    </div>
  )
}

function Fate({ upload, job, onOpenItem }: { upload: Upload; job: Job | undefined; onOpenItem: (itemId: string) => void }) {
  const link = (text: string): ReactNode =>
    upload.itemId ? (
      <button type="button" className="text-brand underline underline-offset-3" onClick={() => onOpenItem(upload.itemId ?? '')}>
        {text}
      </button>
    ) : null
  switch (upload.state) {
    case 'waiting':
      return upload.message ? `wartet: ${upload.message}` : 'wartet'
    case 'sending':
      return `wird gesendet, ${formatShare(upload.sent)}`
    case 'working':
      return stageName(job?.stage ?? '') + (job && job.total > 0 ? `, ${job.progress} von ${job.total}` : '')
    case 'done':
      return (
        <>
          {upload.chunks === null ? 'aufgenommen' : `${plural(upload.chunks, 'Passage', 'Passagen')} aufgenommen`}
          {upload.version && upload.version > 1 ? ` als Fassung ${upload.version}` : ''} · {link('Ansehen')}
        </>
      )
    case 'duplicate':
      return <>Inhalt ist schon vorhanden: {link(upload.message || 'zum Dokument')}</>
    case 'failed':
      return (
        <span role="alert" className="text-bad">
          {upload.message}
          {upload.traceId ? ` (Kennung ${upload.traceId})` : ''}
        </span>
      )
    case 'cancelled':
      return 'abgebrochen'
  }
}
