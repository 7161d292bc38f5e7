/** Sends files of readings two at a time, with progress, and holds them until the list is cleared, to be sent again. It outlives a change of page. */

import type { Job } from '@/api/types'
import { ApiError, offline } from '@/lib/http'
import { nextToSend, pause, sendForm, type Sending } from '@/lib/send-form'
import { createStore, useStore } from '@/lib/store'
import { readReport } from './report'
import { applyUpload, type Upload, type UploadEvent } from './upload-queue'

const AT_ONCE = 2
const uploads = createStore<Upload[]>([])
const files = new Map<string, { file: File; hints: Hints; onChange: () => void }>()
const sending = new Map<string, Sending<Sent>>()
let counter = 0
const resting = pause(pump)

/** What the sender says of a file where it does not say it itself; empty: nothing. */
export interface Hints {
  meter: string
  zone: string
  clock: '' | 'UTC' | 'Europe/Berlin' | 'MEZ'
  unit: '' | 'kW' | 'kWh'
}

export const NO_HINTS: Hints = { meter: '', zone: '', clock: '', unit: '' }

interface Sent {
  job_id: string
  report: Record<string, unknown> | null
}

export function useUploads(): Upload[] {
  return useStore(uploads)
}

function tell(event: UploadEvent): void {
  uploads.set((list) => applyUpload(list, event))
}

export function addFiles(chosen: File[], hints: Hints, onChange: () => void): void {
  const added = chosen.map((file) => {
    counter += 1
    const id = `messwerte-${counter}`
    files.set(id, { file, hints, onChange })
    return { id, name: file.name, bytes: file.size }
  })
  tell({ type: 'added', uploads: added })
  pump()
}

/** What was said of a file. */
export function hintsOf(id: string): Hints {
  return files.get(id)?.hints ?? NO_HINTS
}

export function cancelUpload(id: string): void {
  tell({ type: 'cancelled', id })
  sending.get(id)?.abort()
  pump()
}

/** Sends a file once more, with other hints where some are given: what is stored already stays as it is. */
export function sendAgain(id: string, hints?: Hints): void {
  const entry = files.get(id)
  if (!entry) return
  if (hints) files.set(id, { ...entry, hints })
  tell({ type: 'again', id })
  pump()
}

export function clearUploads(): void {
  tell({ type: 'cleared' })
  const left = new Set(uploads.get().map((upload) => upload.id))
  for (const id of files.keys()) if (!left.has(id)) files.delete(id)
}

/** What a job's end means for the file it reads. */
export function noteJob(id: string, job: Job): void {
  if (job.state === 'done') tell({ type: 'reported', id, report: readReport(job.result) })
  if (job.state === 'failed') tell({ type: 'failed', id, message: job.error ?? 'Das Lesen der Datei ist gescheitert.', traceId: null })
  if (job.state === 'cancelled') tell({ type: 'cancelled', id })
}

function pump(): void {
  if (!resting.over()) return
  for (const upload of nextToSend(uploads.get(), AT_ONCE)) {
    const entry = files.get(upload.id)
    if (!entry) continue
    tell({ type: 'sending', id: upload.id })
    const call = sendForm<Sent>('/data/import', formFrom(entry.file, entry.hints), (share) => tell({ type: 'sent', id: upload.id, share }))
    sending.set(upload.id, call)
    call.answer
      .then((answer) => tell({ type: 'accepted', id: upload.id, jobId: answer.job_id }))
      .catch((error: unknown) => {
        const known = error instanceof ApiError ? error : offline()
        if (resting.until(known)) tell({ type: 'later', id: upload.id, message: known.message })
        else tell({ type: 'failed', id: upload.id, message: known.fields[0]?.message ?? known.message, traceId: known.traceId })
      })
      .finally(() => {
        sending.delete(upload.id)
        entry.onChange()
        pump()
      })
  }
}

function formFrom(file: File, hints: Hints): FormData {
  const form = new FormData()
  form.set('file', file)
  for (const [name, value] of Object.entries(hints)) if (value) form.set(name, value)
  form.set('wait', '0')
  return form
}
