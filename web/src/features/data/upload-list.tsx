import { useQuery, useQueryClient } from '@tanstack/react-query'
import { CircleCheck, CircleSlash, CopyX, FileText, RotateCcw, TriangleAlert, X } from 'lucide-react'
import { useEffect, useState, type ReactNode } from 'react'
import type { Job } from '@/api/types'
import { formatBytes, formatShare, plural } from '@/lib/format'
import { api, data } from '@/lib/http'
import { isEnded, usePolling } from '@/live/live'
import { Button, IconButton } from '@/ui/button'
import { Dialog } from '@/ui/dialog'
import { Progress } from '@/ui/progress'
import { renew } from './api'
import { fine, HintFields } from './hint-fields'
import { firstRefusal, verdict, wantsHints } from './report'
import type { DataChange } from './search'
import { isOver, type Upload } from './upload-queue'
import { cancelUpload, clearUploads, hintsOf, noteJob, sendAgain, useUploads } from './uploads'

/** The files of this visit, each with how far it is and what became of it. */
export function UploadList({ onSearch }: { onSearch: (next: DataChange) => void }) {
  const uploads = useUploads()
  if (uploads.length === 0) return null
  const open = uploads.filter((upload) => !isOver(upload)).length
  return (
    <section className="card overflow-hidden" aria-label="Aufgenommene Dateien">
      <div className="flex items-center justify-between gap-3 border-b border-line px-4 py-2">
        <h2 className="text-sm font-semibold" role="status">
          {open > 0 ? `${plural(open, 'Datei', 'Dateien')} in Arbeit` : `${plural(uploads.length, 'Datei', 'Dateien')} gelesen`}
        </h2>
        <Button size="sm" look="ghost" disabled={open === uploads.length} onClick={clearUploads}>
          Liste leeren
        </Button>
      </div>
      <ul className="scroll-thin max-h-80 divide-y divide-line overflow-y-auto">
        {uploads.map((upload) => (
          <li key={upload.id}>
            <Row upload={upload} onSearch={onSearch} />
          </li>
        ))}
      </ul>
    </section>
  )
}

function useUploadJob(upload: Upload): Job | undefined {
  const queries = useQueryClient()
  const following = upload.state === 'working'
  const polling = usePolling(1000)
  const job = useQuery({
    queryKey: ['job', upload.jobId],
    queryFn: ({ signal }) => data(api.GET('/api/v1/jobs/{job_id}', { params: { path: { job_id: upload.jobId ?? '' } }, signal })),
    enabled: following && upload.jobId !== null,
    refetchInterval: following ? polling || 3000 : false,
  }).data
  useEffect(() => {
    if (!following || !job || !isEnded(job)) return
    noteJob(upload.id, job)
    renew(queries)
  }, [following, job, upload.id, queries])
  return job
}

const SIGNS: Record<Upload['state'], ReactNode> = {
  waiting: <FileText className="text-muted" aria-hidden />,
  sending: <FileText className="text-brand" aria-hidden />,
  working: <FileText className="text-brand" aria-hidden />,
  done: <CircleCheck className="text-ok" aria-hidden />,
  known: <CopyX className="text-muted" aria-hidden />,
  refused: <TriangleAlert className="text-bad" aria-hidden />,
  failed: <TriangleAlert className="text-bad" aria-hidden />,
  cancelled: <CircleSlash className="text-muted" aria-hidden />,
}

function Row({ upload, onSearch }: { upload: Upload; onSearch: (next: DataChange) => void }) {
  const job = useUploadJob(upload)
  const batchId = upload.report?.batchId
  const partly = upload.state === 'done' && (upload.report?.refused ?? 0) > 0
  return (
    <div className="flex flex-wrap items-center gap-x-3 gap-y-2 px-4 py-2.5 [&>svg]:size-5 [&>svg]:shrink-0">
      {partly ? <TriangleAlert className="text-warn" aria-hidden /> : SIGNS[upload.state]}
      <div className="grid min-w-0 flex-1 gap-1">
        <div className="flex items-baseline justify-between gap-3">
          <span className="truncate text-sm font-medium" title={upload.name}>
            {upload.name}
          </span>
          <span className="num shrink-0 text-2xs text-muted">{formatBytes(upload.bytes)}</span>
        </div>
        {upload.state === 'sending' ? <Progress label={`${upload.name} wird gesendet`} value={upload.sent} total={1} /> : null}
        {upload.state === 'working' ? <Progress label={`${upload.name} wird gelesen`} value={job?.progress ?? 0} total={job?.total ?? 0} /> : null}
        <Fate upload={upload} job={job} />
      </div>
      {batchId ? (
        <Button size="sm" aria-label={`Bericht zu ${upload.name}`} onClick={() => onSearch({ lieferung: batchId })}>
          Bericht
        </Button>
      ) : null}
      {upload.state === 'failed' || upload.state === 'cancelled' ? (
        <Button size="sm" aria-label={`${upload.name} erneut senden`} onClick={() => sendAgain(upload.id)}>
          <RotateCcw aria-hidden /> Erneut senden
        </Button>
      ) : null}
      {upload.report && isOver(upload) && wantsHints(upload.report) ? <Resend upload={upload} /> : null}
      {upload.state === 'waiting' || upload.state === 'sending' ? (
        <IconButton label={`${upload.name} abbrechen`} size="icon-sm" onClick={() => cancelUpload(upload.id)}>
          <X aria-hidden />
        </IconButton>
      ) : null}
    </div>
  )
}

/** Asks for what the file did not say, and sends it again. */
function Resend({ upload }: { upload: Upload }) {
  const [open, setOpen] = useState(false)
  const [hints, setHints] = useState(() => hintsOf(upload.id))
  return (
    <>
      <Button size="sm" aria-label={`${upload.name} mit Angaben erneut senden`} onClick={() => setOpen(true)}>
        <RotateCcw aria-hidden /> Mit Angaben erneut senden
      </Button>
      <Dialog open={open} onClose={() => setOpen(false)} title="Mit Angaben erneut senden" description={`${upload.name}: ${fateText(upload, undefined)}`}>
        <HintFields hints={hints} onChange={setHints} />
        <div className="flex justify-end gap-2">
          <Button onClick={() => setOpen(false)}>Abbrechen</Button>
          <Button
            look="primary"
            disabled={!fine(hints)}
            onClick={() => {
              setOpen(false)
              sendAgain(upload.id, hints)
            }}
          >
            Erneut senden
          </Button>
        </div>
      </Dialog>
    </>
  )
}

function Fate({ upload, job }: { upload: Upload; job: Job | undefined }) {
  if (upload.state === 'failed') {
    return (
      <p role="alert" className="text-xs text-bad [overflow-wrap:anywhere]">
        {upload.message}
        {upload.traceId ? ` (Kennung ${upload.traceId})` : ''}
      </p>
    )
  }
  return <p className="num text-xs text-muted [overflow-wrap:anywhere]">{fateText(upload, job)}</p>
}

function fateText(upload: Upload, job: Job | undefined): string {
  switch (upload.state) {
    case 'waiting':
      return upload.message ? `wartet: ${upload.message}` : 'wartet'
    case 'sending':
      return `wird gesendet, ${formatShare(upload.sent)}`
    case 'working':
      return job && job.total > 0 ? `wird gelesen, ${formatShare(job.progress / job.total)}` : 'wird gelesen'
    case 'refused':
      return (upload.report && firstRefusal(upload.report)) ?? 'Aus dieser Datei wurde nichts übernommen.'
    case 'cancelled':
      return 'abgebrochen'
    default:
      return upload.report ? verdict(upload.report) : ''
  }
}
