/** Sends files one or two at a time, with progress, and follows their jobs. It outlives a change of page. */

import type { Ingested, Job } from '@/api/types'
import { ApiError, getCsrf, offline, path, unwrap } from '@/lib/http'
import { createStore, useStore } from '@/lib/store'
import { applyUpload, nextToSend, type Upload, type UploadEvent } from './upload-queue'

const AT_ONCE = 2
const uploads = createStore<Upload[]>([])
const files = new Map<string, { file: File; options: UploadOptions }>()
const sending = new Map<string, XMLHttpRequest>()
let counter = 0

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
  for (const upload of nextToSend(uploads.get(), AT_ONCE)) {
    const entry = files.get(upload.id)
    if (!entry) continue
    tell({ type: 'sending', id: upload.id })
    send(upload.id, entry.file, entry.options)
      .then((answer) => tell({ type: 'accepted', id: upload.id, answer }))
      .catch((error: unknown) => refuse(upload.id, error))
      .finally(() => {
        files.delete(upload.id)
        sending.delete(upload.id)
        entry.options.onChange()
        pump()
      })
  }
}

function refuse(id: string, error: unknown): void {
  const known = error instanceof ApiError ? error : offline()
  if (known.code === 'duplicate') tell({ type: 'duplicate', id, itemId: String(known.facts.item_id ?? ''), title: String(known.facts.title ?? '') })
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

/** XMLHttpRequest, because fetch does not tell how much has been sent. */
function send(id: string, file: File, options: UploadOptions): Promise<Ingested> {
  return new Promise((resolve, reject) => {
    const call = new XMLHttpRequest()
    sending.set(id, call)
    call.open('POST', path('/ingest/doc'))
    call.setRequestHeader('Accept', 'application/json')
    call.setRequestHeader('X-CSRF-Token', getCsrf())
    call.upload.addEventListener('progress', (event) => {
      if (event.lengthComputable) tell({ type: 'sent', id, share: event.loaded / event.total })
    })
    call.addEventListener('load', () => {
      try {
        resolve(unwrap<Ingested>(call.status, call.responseText))
      } catch (error) {
        reject(error)
      }
    })
    call.addEventListener('error', () => reject(offline()))
    call.addEventListener('abort', () => reject(new ApiError(0, 'cancelled', 'Abgebrochen.')))
    call.send(formOf(file, options))
  })
}
