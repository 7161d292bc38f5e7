import { useQueryClient } from '@tanstack/react-query'
import { RotateCcw } from 'lucide-react'
import { useCallback, useState, type ReactNode } from 'react'
import type { Job } from '@/api/types'
import { formatShare, plural } from '@/lib/format'
import { Button } from '@/ui/button'
import { Dialog } from '@/ui/dialog'
import { SIGNS, underway, UploadList as List, UploadRow, useUploadJob } from '@/uploads/list'
import { isOver } from '@/uploads/queue'
import { renew } from '../api'
import { fine, HintFields } from './hint-fields'
import { firstRefusal, verdict, wantsHints } from './report'
import type { DataChange } from '../meters/search'
import { hintsOf, series, type SeriesUpload } from './uploads'

const SIGN_OF: Record<SeriesUpload['state'], ReactNode> = {
  waiting: SIGNS.waiting,
  sending: SIGNS.underway,
  working: SIGNS.underway,
  done: SIGNS.done,
  known: SIGNS.known,
  refused: SIGNS.failed,
  failed: SIGNS.failed,
  cancelled: SIGNS.cancelled,
}

/** The files of this visit, each with how far it is and what became of it. */
export function UploadList({ onSearch }: { onSearch: (next: DataChange) => void }) {
  const uploads = series.useUploads()
  const open = uploads.filter((upload) => !isOver(upload)).length
  const title = open > 0 ? `${plural(open, 'Datei', 'Dateien')} in Arbeit` : `${plural(uploads.length, 'Datei', 'Dateien')} gelesen`
  return (
    <List label="Aufgenommene Dateien" title={title} uploads={uploads} onClear={series.clear}>
      {uploads.map((upload) => (
        <Row key={upload.id} upload={upload} onSearch={onSearch} />
      ))}
    </List>
  )
}

function Row({ upload, onSearch }: { upload: SeriesUpload; onSearch: (next: DataChange) => void }) {
  const queries = useQueryClient()
  const onEnd = useCallback(
    (id: string, job: Job) => {
      series.noteJob(id, job)
      renew(queries)
    },
    [queries],
  )
  const job = useUploadJob(upload, onEnd)
  const batchId = upload.result?.batchId
  const partly = upload.state === 'done' && (upload.result?.refused ?? 0) > 0
  return (
    <UploadRow
      upload={upload}
      job={job}
      sign={partly ? SIGNS.doubtful : SIGN_OF[upload.state]}
      doing="wird gelesen"
      fate={fateText(upload, job)}
      onCancel={() => series.cancel(upload.id)}
    >
      {batchId ? (
        <Button size="sm" aria-label={`Bericht zu ${upload.name}`} onClick={() => onSearch({ lieferung: batchId })}>
          Bericht
        </Button>
      ) : null}
      {upload.state === 'failed' || upload.state === 'cancelled' ? (
        <Button size="sm" aria-label={`${upload.name} erneut senden`} onClick={() => series.sendAgain(upload.id)}>
          <RotateCcw aria-hidden /> Erneut senden
        </Button>
      ) : null}
      {upload.result && isOver(upload) && wantsHints(upload.result) ? <Resend upload={upload} /> : null}
    </UploadRow>
  )
}

/** Asks for what the file did not say, and sends it again. */
function Resend({ upload }: { upload: SeriesUpload }) {
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
              series.sendAgain(upload.id, hints)
            }}
          >
            Erneut senden
          </Button>
        </div>
      </Dialog>
    </>
  )
}

function fateText(upload: SeriesUpload, job: Job | undefined): string {
  if (upload.state === 'working') return job && job.total > 0 ? `wird gelesen, ${formatShare(job.progress / job.total)}` : 'wird gelesen'
  if (upload.state === 'refused') return (upload.result && firstRefusal(upload.result)) ?? 'Aus dieser Datei wurde nichts übernommen.'
  return underway(upload) ?? (upload.result ? verdict(upload.result) : '')
}
