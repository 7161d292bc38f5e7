/** Documents on their way to the shelf. */

import type { Ingested } from '@/api/types'
import type { Upload } from '@/uploads/queue'
import { createUploads } from '@/uploads/sender'

export interface UploadOptions {
  kind: string
  tags: string[]
  replace: boolean
  onChange: () => void
}

/** What became of a document; of a duplicate which one is there already. */
export interface Outcome {
  itemId: string
  version: number | null
  chunks: number | null
}

export type DocumentEnd = 'done' | 'duplicate'
export type DocumentUpload = Upload<DocumentEnd, Outcome>

export const documents = createUploads<UploadOptions, Ingested, DocumentEnd, Outcome>({
  path: '/ingest/doc',
  prefix: 'datei',
  form: formOf,
  accepted: (answer) => ({
    jobId: answer.job_id,
    result: { itemId: answer.item_id, version: answer.version, chunks: answer.chunks },
    end: answer.chunks === null ? null : 'done',
  }),
  refused: ({ code, facts }) =>
    code === 'duplicate' ? { state: 'duplicate', result: { itemId: String(facts.item_id ?? ''), version: null, chunks: null }, message: String(facts.title ?? '') } : null,
  finished: (job, upload) => ({
    state: 'done',
    result: { itemId: upload.result?.itemId ?? '', version: upload.result?.version ?? null, chunks: typeof job.result.chunks === 'number' ? job.result.chunks : null },
  }),
  broken: 'Die Aufnahme ist gescheitert.',
  held: false,
})

export function addFiles(chosen: File[], options: UploadOptions): void {
  documents.add(chosen, options, options.onChange)
}

function formOf(file: File, options: UploadOptions): FormData {
  const form = new FormData()
  form.set('file', file)
  form.set('kind', options.kind)
  form.set('source', 'upload')
  if (options.tags.length > 0) form.set('tags', options.tags.join(','))
  form.set('replace', options.replace ? 'name' : 'none')
  form.set('wait', '0')
  return form
}
