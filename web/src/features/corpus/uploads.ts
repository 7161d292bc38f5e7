/** Sends files one or two at a time, with progress, and follows their jobs. It outlives a change of page. */

import type { Ingested, Job } from '@/api/types'
import { ApiError, offline } from '@/lib/http'
import { nextToSend, pause, sendForm, type Sending } from '@/lib/send-form'
import { createStore, useStore } from '@/lib/store'
import { applyUpload, type Upload, type UploadEvent } from './upload-queue'

const AT_ONCE = 2
const uploads = createStore<Upload[]>([])
const files = new Map<string, { file: File; options: UploadOptions }>()
const sending = new Map<string, Sending<Ingested>>()
let counter = 0
const resting = pause(pump)

export interface UploadOptions {
  kind: string
  tags: string[]
  replace: boolean
  onChange: () => void
}

export function useUploads(): Upload[] {
  return useStore(uploads)
}

function tell(event: UploadEvent): void {
  uploads.set((list) => applyUpload(list, event))
}

export function addFiles(chosen: File[], options: UploadOptions): void {
  const added = chosen.map((file) => {
    counter += 1
    const id = `datei-${counter}`
    files.set(id, { file, options })
    return { id, name: file.name, bytes: file.size }
  })
  tell({ type: 'added', uploads: added })
  pump()
}

export function cancelUpload(id: string): void {
  sending.get(id)?.abort()
  tell({ type: 'cancelled', id })
  files.delete(id)
  pump()
}

export function clearUploads(): void {
  tell({ type: 'cleared' })
}

/** What a job's end means for the upload it belongs to. */
export function noteJob(id: string, job: Job): void {
  if (job.state === 'done') tell({ type: 'finished', id, chunks: typeof job.result.chunks === 'number' ? job.result.chunks : null })
  if (job.state === 'failed') tell({ type: 'failed', id, message: job.error ?? 'Die Aufnahme ist gescheitert.', traceId: null })
  if (job.state === 'cancelled') tell({ type: 'cancelled', id })
}

function pump(): void {
  if (!resting.over()) return
  for (const upload of nextToSend(uploads.get(), AT_ONCE)) {
    const entry = files.get(upload.id)
    if (!entry) continue
    tell({ type: 'sending', id: upload.id })
    const call = sendForm<Ingested>('/ingest/doc', formOf(entry.file, entry.options), (share) => tell({ type: 'sent', id: upload.id, share }))
    sending.set(upload.id, call)
    call.answer
      .then((answer) => tell({ type: 'accepted', id: upload.id, answer }))
      .catch((error: unknown) => refuse(upload.id, error))
      .finally(() => {
        if (!uploads.get().some((one) => one.id === upload.id && one.state === 'waiting')) files.delete(upload.id)
        sending.delete(upload.id)
        entry.options.onChange()
        pump()
      })
  }
}

function refuse(id: string, error: unknown): void {
  const known = error instanceof ApiError ? error : offline()
  if (resting.until(known)) tell({ type: 'later', id, message: known.message })
  else if (known.code === 'duplicate') tell({ type: 'duplicate', id, itemId: String(known.facts.item_id ?? ''), title: String(known.facts.title ?? '') })
  else tell({ type: 'failed', id, message: known.fields[0]?.message ?? known.message, traceId: known.traceId })
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
