/** Files of readings on their way: what happens to each, as plain steps over a list. */

import type { Report } from './report'

export type UploadState = 'waiting' | 'sending' | 'working' | 'done' | 'refused' | 'known' | 'failed' | 'cancelled'

export interface Upload {
  id: string
  /** The place in the line: earlier ones are sent first. */
  order: number
  name: string
  bytes: number
  state: UploadState
  /** Share sent, 0..1. */
  sent: number
  jobId: string | null
  report: Report | null
  message: string | null
  traceId: string | null
}

export type UploadEvent =
  | { type: 'added'; uploads: { id: string; name: string; bytes: number }[] }
  | { type: 'sending'; id: string }
  | { type: 'sent'; id: string; share: number }
  | { type: 'accepted'; id: string; jobId: string }
  | { type: 'reported'; id: string; report: Report }
  | { type: 'failed'; id: string; message: string; traceId: string | null }
  | { type: 'later'; id: string; message: string }
  | { type: 'cancelled'; id: string }
  | { type: 'again'; id: string }
  | { type: 'cleared' }

const ENDED: ReadonlySet<UploadState> = new Set(['done', 'refused', 'known', 'failed', 'cancelled'])

export function isOver(upload: Upload): boolean {
  return ENDED.has(upload.state)
}

function fresh({ id, name, bytes }: { id: string; name: string; bytes: number }, order: number): Upload {
  return { id, order, name, bytes, state: 'waiting', sent: 0, jobId: null, report: null, message: null, traceId: null }
}

/** How a file ended, by its report: `failed` when the job broke off. */
function ended(upload: Upload, report: Report): Upload {
  const state = report.state === 'known' ? 'known' : report.accepted + report.corrected > 0 ? 'done' : 'refused'
  return { ...upload, sent: 1, state, report }
}

function step(upload: Upload, event: Exclude<UploadEvent, { type: 'added' | 'cleared' }>): Upload {
  if (event.type === 'again') return isOver(upload) ? fresh(upload, upload.order) : upload
  if (isOver(upload)) return upload
  switch (event.type) {
    case 'sending':
      return { ...upload, state: 'sending', message: null }
    case 'sent':
      return { ...upload, sent: event.share }
    case 'accepted':
      return { ...upload, sent: 1, state: 'working', jobId: event.jobId }
    case 'reported':
      return ended(upload, event.report)
    case 'later':
      return { ...upload, state: 'waiting', sent: 0, message: event.message }
    case 'failed':
      return { ...upload, state: 'failed', message: event.message, traceId: event.traceId }
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
