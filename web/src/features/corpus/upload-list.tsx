import type { ReactNode } from 'react'
import type { Job } from '@/api/types'
import { plural } from '@/lib/format'
import { stageName } from '@/lib/words'
import { SIGNS, UploadList as List, UploadRow, useUploadJob } from '@/uploads/list'
import { isOver } from '@/uploads/queue'
import { documents, type DocumentUpload } from './uploads'

const SIGN_OF: Record<DocumentUpload['state'], ReactNode> = {
  waiting: SIGNS.waiting,
  sending: SIGNS.underway,
  working: SIGNS.underway,
  done: SIGNS.done,
  duplicate: SIGNS.doubtful,
  failed: SIGNS.failed,
  cancelled: SIGNS.cancelled,
}

export function UploadList({ onOpenItem }: { onOpenItem: (itemId: string) => void }) {
  const uploads = documents.useUploads()
  const open = uploads.filter((upload) => !isOver(upload)).length
  const title = open > 0 ? `${plural(open, 'Datei', 'Dateien')} in Arbeit` : 'Hochgeladen'
  return (
    <List label="Hochgeladene Dateien" title={title} uploads={uploads} onClear={documents.clear}>
      {uploads.map((upload) => (
        <Row key={upload.id} upload={upload} onOpenItem={onOpenItem} />
      ))}
    </List>
  )
}

function Row({ upload, onOpenItem }: { upload: DocumentUpload; onOpenItem: (itemId: string) => void }) {
  const job = useUploadJob(upload, documents.noteJob)
  return (
    <UploadRow
      upload={upload}
      job={job}
      sign={SIGN_OF[upload.state]}
      doing="wird aufgenommen"
      fate={<Fate upload={upload} job={job} onOpenItem={onOpenItem} />}
      onCancel={() => documents.cancel(upload.id)}
    />
  )
}

function Fate({ upload, job, onOpenItem }: { upload: DocumentUpload; job: Job | undefined; onOpenItem: (itemId: string) => void }) {
  if (upload.state === 'working') return stageName(job?.stage ?? '') + (job && job.total > 0 ? `, ${job.progress} von ${job.total}` : '')
  const { itemId, chunks, version } = upload.result ?? { itemId: '', chunks: null, version: null }
  const link = (text: string): ReactNode =>
    itemId ? (
      <button type="button" className="text-brand underline underline-offset-3" onClick={() => onOpenItem(itemId)}>
        {text}
      </button>
    ) : null
  if (upload.state === 'duplicate') return <>Inhalt ist schon vorhanden: {link(upload.message || 'zum Dokument')}</>
  return (
    <>
      {chunks === null ? 'aufgenommen' : `${plural(chunks, 'Passage', 'Passagen')} aufgenommen`}
      {version && version > 1 ? ` als Fassung ${version}` : ''} · {link('Ansehen')}
    </>
  )
}
