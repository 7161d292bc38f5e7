/** Files on their way: what happens to each, as plain steps over a list. */

import type { Ingested } from '@/api/types'

export type UploadState = 'waiting' | 'sending' | 'working' | 'done' | 'duplicate' | 'failed' | 'cancelled'

export interface Upload {
  id: string
  /** The place in the line: earlier ones are sent first. */
  order: number
  name: string
  bytes: number
  state: UploadState
  /** Share sent, 0..1. */
  sent: number
  itemId: string | null
  jobId: string | null
  version: number | null
  chunks: number | null
  message: string | null
  traceId: string | null
}

export type UploadEvent =
  | { type: 'added'; uploads: { id: string; name: string; bytes: number }[] }
  | { type: 'sending'; id: string }
  | { type: 'sent'; id: string; share: number }
  | { type: 'accepted'; id: string; answer: Ingested }
  | { type: 'duplicate'; id: string; itemId: string; title: string }
  | { type: 'failed'; id: string; message: string; traceId: string | null }
  | { type: 'later'; id: string; message: string }
  | { type: 'finished'; id: string; chunks: number | null }
  | { type: 'cancelled'; id: string }
  | { type: 'cleared' }

const ENDED: UploadState[] = ['done', 'duplicate', 'failed', 'cancelled']

export function isOver(upload: Upload): boolean {
  return ENDED.includes(upload.state)
}

function fresh({ id, name, bytes }: { id: string; name: string; bytes: number }, order: number): Upload {
  return { id, order, name, bytes, state: 'waiting', sent: 0, itemId: null, jobId: null, version: null, chunks: null, message: null, traceId: null }
}

function accepted(upload: Upload, answer: Ingested): Upload {
  const done = answer.chunks !== null
  return { ...upload, sent: 1, state: done ? 'done' : 'working', itemId: answer.item_id, jobId: answer.job_id, version: answer.version, chunks: answer.chunks }
}

function step(upload: Upload, event: Exclude<UploadEvent, { type: 'added' | 'cleared' }>): Upload {
  if (isOver(upload)) return upload
  switch (event.type) {
    case 'sending':
      return { ...upload, state: 'sending', message: null }
    case 'sent':
      return { ...upload, sent: event.share }
    case 'accepted':
      return accepted(upload, event.answer)
    case 'duplicate':
      return { ...upload, state: 'duplicate', itemId: event.itemId, message: event.title }
    case 'failed':
      return { ...upload, state: 'failed', message: event.message, traceId: event.traceId }
    case 'later':
      return { ...upload, state: 'waiting', sent: 0, message: event.message }
    case 'finished':
      return { ...upload, state: 'done', chunks: event.chunks ?? upload.chunks }
    case 'cancelled':
      return { ...upload, state: 'cancelled' }
  }
}

export function applyUpload(uploads: Upload[], event: UploadEvent): Upload[] {
  if (event.type === 'added') {
    const behind = Math.max(-1, ...uploads.map((upload) => upload.order)) + 1
    return [...event.uploads.map((upload, index) => fresh(upload, behind + index)), ...uploads]
  }
  if (event.type === 'cleared') return uploads.filter((upload) => !isOver(upload))
  return uploads.map((upload) => (upload.id === event.id ? step(upload, event) : upload))
}
