/** A form in, the envelope's data out, with the share that has been sent told on the way; `abort` ends it with an ApiError "cancelled". */

import { ApiError, getCsrf, offline, path, unwrap } from './http'

const SOONEST_MS = 1000

export interface Sending<T> {
  answer: Promise<T>
  abort: () => void
}

/** XMLHttpRequest, because fetch does not tell how much has been sent. */
export function sendForm<T>(url: string, form: FormData, onShare: (share: number) => void): Sending<T> {
  const call = new XMLHttpRequest()
  const answer = new Promise<T>((resolve, reject) => {
    call.open('POST', path(url))
    call.setRequestHeader('Accept', 'application/json')
    call.setRequestHeader('X-CSRF-Token', getCsrf())
    call.upload.addEventListener('progress', (event) => {
      if (event.lengthComputable) onShare(event.loaded / event.total)
    })
    call.addEventListener('load', () => {
      try {
        resolve(unwrap<T>(call.status, call.responseText))
      } catch (error) {
        reject(error)
      }
    })
    call.addEventListener('error', () => reject(offline()))
    call.addEventListener('abort', () => reject(new ApiError(0, 'cancelled', 'Abgebrochen.')))
    call.send(form)
  })
  return { answer, abort: () => call.abort() }
}

/** When files may be sent again: the server said that it has enough for now. `go` is called then. */
export function pause(go: () => void): { until: (error: ApiError) => boolean; over: () => boolean } {
  let end = 0
  return {
    until: (error) => {
      if (error.retryAfter === null) return false
      const ms = Math.max(SOONEST_MS, error.retryAfter * 1000)
      end = Math.max(end, Date.now() + ms)
      setTimeout(go, ms + 50)
      return true
    },
    over: () => Date.now() >= end,
  }
}

/** Which of those that wait may start now, the first in line first, so that at most `limit` are being sent. */
export function nextToSend<T extends { state: string; order: number }>(line: T[], limit: number): T[] {
  const busy = line.filter((one) => one.state === 'sending').length
  const waiting = line.filter((one) => one.state === 'waiting').toSorted((a, b) => a.order - b.order)
  return waiting.slice(0, Math.max(0, limit - busy))
}
