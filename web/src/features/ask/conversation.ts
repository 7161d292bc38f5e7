/** The questions of this visit: asking, stopping and what has come so far. It outlives a change of page. */

import type { Answer } from '@/api/types'
import { ApiError, getCsrf, offline, path, unwrap } from '@/lib/http'
import { readEvents } from '@/lib/sse'
import { createStore, useStore } from '@/lib/store'
import { uuid } from '@/lib/uuid'
import { applyEvent, fail, finish, newTurn, stop, type Filters, type Turn } from './turns'

const turns = createStore<Turn[]>([])
const running = new Map<string, AbortController>()
let counter = 0
/** What is asked until the reader begins anew is one conversation. */
let conversation = uuid()

export function useTurns(): Turn[] {
  return useStore(turns)
}

function change(id: string, step: (turn: Turn) => Turn): void {
  turns.set((list) => list.map((turn) => (turn.id === id ? step(turn) : turn)))
}

export function forgetTurns(): void {
  for (const id of running.keys()) stopTurn(id)
  turns.set(() => [])
  conversation = uuid()
}

export function stopTurn(id: string): void {
  running.get(id)?.abort()
  change(id, (turn) => stop(turn, Date.now()))
}

function body(question: string, filters: Filters): string {
  const wanted = { ...(filters.kind ? { kind: filters.kind } : {}), ...(filters.tag ? { tag: filters.tag } : {}) }
  return JSON.stringify({
    question,
    stream: true,
    conversation_id: conversation,
    ...(Object.keys(wanted).length > 0 ? { filters: wanted } : {}),
    ...(filters.asOf ? { as_of: filters.asOf } : {}),
    ...(filters.noEmergency ? { no_emergency: true } : {}),
  })
}

/** Asks and follows the answer to its end; the id of the new turn comes back at once. */
export function ask(question: string, filters: Filters, onEnd: () => void): string {
  counter += 1
  const id = `frage-${counter}`
  const abort = new AbortController()
  running.set(id, abort)
  turns.set((list) => [...list, newTurn(id, question, filters)])
  follow(id, body(question, filters), abort.signal)
    .catch((error: unknown) => {
      const known = error instanceof ApiError ? error : offline()
      if (!abort.signal.aborted) change(id, (turn) => fail(turn, known.message, known.traceId, Date.now()))
    })
    .finally(() => {
      running.delete(id)
      change(id, (turn) => fail(turn, 'Die Verbindung ist vor dem Ende der Antwort abgerissen.', null, Date.now()))
      onEnd()
    })
  return id
}

async function follow(id: string, question: string, signal: AbortSignal): Promise<void> {
  const response = await fetch(path('/rag/ask'), {
    method: 'POST',
    headers: { Accept: 'text/event-stream, application/json', 'Content-Type': 'application/json', 'X-CSRF-Token': getCsrf() },
    credentials: 'same-origin',
    body: question,
    signal,
  })
  const streams = response.headers.get('content-type')?.startsWith('text/event-stream') ?? false
  if (!streams || !response.body) {
    const answer = unwrap<Answer>(response.status, await response.text())
    change(id, (turn) => finish(turn, answer, Date.now()))
    return
  }
  for await (const event of readEvents(response.body)) change(id, (turn) => applyEvent(turn, event, Date.now()))
}
