/** Sends files two at a time, with progress, and follows their jobs. It outlives a change of page. */

import type { Job } from '@/api/types'
import { ApiError, offline } from '@/lib/http'
import { nextToSend, pause, sendForm, type Sending } from '@/lib/send-form'
import { createStore, useStore } from '@/lib/store'
import { applyUpload, type Upload, type UploadEvent } from './queue'

const AT_ONCE = 2

/** Where files of a kind go, and what the answers mean. */
export interface Route<Options, Answer, End extends string, Result> {
  path: string
  /** Begins the ids of its files. */
  prefix: string
  form: (file: File, options: Options) => FormData
  /** `end`: it was done with already when it was answered. */
  accepted: (answer: Answer) => { jobId: string; result: Result | null; end: End | null }
  /** How a refusal ends a file, where it is no failure. */
  refused?: (error: ApiError) => { state: End; result: Result; message: string } | null
  finished: (job: Job, upload: Upload<End, Result>) => { state: End; result: Result }
  /** What is said of a job that failed without saying why. */
  broken: string
  /** Whether files are held until the list is cleared, to be sent again. */
  held: boolean
}

interface Entry<Options> {
  file: File
  options: Options
  onChange: () => void
}

export interface Uploads<Options, End extends string, Result> {
  useUploads: () => Upload<End, Result>[]
  add: (chosen: File[], options: Options, onChange: () => void) => void
  cancel: (id: string) => void
  clear: () => void
  /** What a job's end means for the file it belongs to. */
  noteJob: (id: string, job: Job) => void
  /** Sends a held file once more, with other options where some are given: what is stored already stays as it is. */
  sendAgain: (id: string, options?: Options) => void
  optionsOf: (id: string) => Options | undefined
}

export function createUploads<Options, Answer, End extends string, Result>(route: Route<Options, Answer, End, Result>): Uploads<Options, End, Result> {
  const line = createStore<Upload<End, Result>[]>([])
  const files = new Map<string, Entry<Options>>()
  const sending = new Map<string, Sending<Answer>>()
  const resting = pause(pump)
  let counter = 0

  const tell = (event: UploadEvent<End, Result>): void => line.set((list) => applyUpload(list, event))
  const find = (id: string): Upload<End, Result> | undefined => line.get().find((upload) => upload.id === id)

  function accept(id: string, answer: Answer): void {
    const { jobId, result, end } = route.accepted(answer)
    tell({ type: 'accepted', id, jobId, result })
    if (end !== null && result !== null) tell({ type: 'ended', id, state: end, result })
  }

  function refuse(id: string, error: unknown): void {
    const known = error instanceof ApiError ? error : offline()
    const end = route.refused?.(known) ?? null
    if (resting.until(known)) tell({ type: 'later', id, message: known.message })
    else if (end) tell({ type: 'ended', id, ...end })
    else tell({ type: 'failed', id, message: known.fields[0]?.message ?? known.message, traceId: known.traceId })
  }

  function pump(): void {
    if (!resting.over()) return
    for (const upload of nextToSend(line.get(), AT_ONCE)) {
      const entry = files.get(upload.id)
      if (entry) send(upload.id, entry)
    }
  }

  function send(id: string, entry: Entry<Options>): void {
    tell({ type: 'sending', id })
    const call = sendForm<Answer>(route.path, route.form(entry.file, entry.options), (share) => tell({ type: 'sent', id, share }))
    sending.set(id, call)
    call.answer
      .then((answer) => accept(id, answer))
      .catch((error: unknown) => refuse(id, error))
      .finally(() => {
        if (!route.held && find(id)?.state !== 'waiting') files.delete(id)
        sending.delete(id)
        entry.onChange()
        pump()
      })
  }

  return {
    useUploads: () => useStore(line),
    add: (chosen, options, onChange) => {
      const added = chosen.map((file) => {
        counter += 1
        const id = `${route.prefix}-${counter}`
        files.set(id, { file, options, onChange })
        return { id, name: file.name, bytes: file.size }
      })
      tell({ type: 'added', uploads: added })
      pump()
    },
    cancel: (id) => {
      tell({ type: 'cancelled', id })
      sending.get(id)?.abort()
      if (!route.held) files.delete(id)
      pump()
    },
    clear: () => {
      tell({ type: 'cleared' })
      for (const id of files.keys()) if (!find(id)) files.delete(id)
    },
    noteJob: (id, job) => {
      const upload = find(id)
      if (job.state === 'done' && upload) tell({ type: 'ended', id, ...route.finished(job, upload) })
      if (job.state === 'failed') tell({ type: 'failed', id, message: job.error ?? route.broken, traceId: null })
      if (job.state === 'cancelled') tell({ type: 'cancelled', id })
    },
    sendAgain: (id, options) => {
      const entry = files.get(id)
      if (!entry) return
      if (options) files.set(id, { ...entry, options })
      tell({ type: 'again', id })
      pump()
    },
    optionsOf: (id) => files.get(id)?.options,
  }
}
