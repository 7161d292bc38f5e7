/** Files on their way: what happens to each, as plain steps over a list. How they end by themselves (`End`), with which result, is the page's. */

export type Way = 'waiting' | 'sending' | 'working' | 'failed' | 'cancelled'

export interface Upload<End extends string, Result> {
  id: string
  /** The place in the line: earlier ones are sent first. */
  order: number
  name: string
  bytes: number
  state: Way | End
  /** Share sent, 0..1. */
  sent: number
  jobId: string | null
  result: Result | null
  message: string | null
  traceId: string | null
}

export type UploadEvent<End extends string, Result> =
  | { type: 'added'; uploads: { id: string; name: string; bytes: number }[] }
  | { type: 'sending'; id: string }
  | { type: 'sent'; id: string; share: number }
  | { type: 'accepted'; id: string; jobId: string; result: Result | null }
  | { type: 'ended'; id: string; state: End; result: Result; message?: string }
  | { type: 'failed'; id: string; message: string; traceId: string | null }
  | { type: 'later'; id: string; message: string }
  | { type: 'cancelled'; id: string }
  | { type: 'again'; id: string }
  | { type: 'cleared' }

const UNDERWAY: ReadonlySet<string> = new Set<Way>(['waiting', 'sending', 'working'])

export function isOver(upload: { state: string }): boolean {
  return !UNDERWAY.has(upload.state)
}

function fresh<End extends string, Result>({ id, name, bytes }: { id: string; name: string; bytes: number }, order: number): Upload<End, Result> {
  return { id, order, name, bytes, state: 'waiting', sent: 0, jobId: null, result: null, message: null, traceId: null }
}

function step<End extends string, Result>(upload: Upload<End, Result>, event: Exclude<UploadEvent<End, Result>, { type: 'added' | 'cleared' }>): Upload<End, Result> {
  if (event.type === 'again') return isOver(upload) ? fresh(upload, upload.order) : upload
  if (isOver(upload)) return upload
  switch (event.type) {
    case 'sending':
      return { ...upload, state: 'sending', message: null }
    case 'sent':
      return { ...upload, sent: event.share }
    case 'accepted':
      return { ...upload, sent: 1, state: 'working', jobId: event.jobId, result: event.result }
    case 'ended':
      return { ...upload, sent: 1, state: event.state, result: event.result, message: event.message ?? null }
    case 'failed':
      return { ...upload, state: 'failed', message: event.message, traceId: event.traceId }
    case 'later':
      return { ...upload, state: 'waiting', sent: 0, message: event.message }
    case 'cancelled':
      return { ...upload, state: 'cancelled' }
  }
}

export function applyUpload<End extends string, Result>(uploads: Upload<End, Result>[], event: UploadEvent<End, Result>): Upload<End, Result>[] {
  if (event.type === 'added') {
    const behind = Math.max(-1, ...uploads.map((upload) => upload.order)) + 1
    return [...event.uploads.map((upload, index) => fresh<End, Result>(upload, behind + index)), ...uploads]
  }
  if (event.type === 'cleared') return uploads.filter((upload) => !isOver(upload))
  return uploads.map((upload) => (upload.id === event.id ? step(upload, event) : upload))
}
