/** A call to the API in, the envelope's data out; anything else becomes an ApiError with cause and trace id. */

import createClient from 'openapi-fetch'
import type { paths } from '@/api/schema'

export interface FieldFault {
  field: string
  message: string
}

export class ApiError extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    message: string,
    readonly traceId: string | null = null,
    readonly facts: Record<string, unknown> = {},
  ) {
    super(message)
  }

  /** Seconds after which the same request may succeed; null where waiting does not help. */
  get retryAfter(): number | null {
    const seconds = this.facts.retry_after
    return (this.status === 429 || this.status === 503) && typeof seconds === 'number' && seconds > 0 ? seconds : null
  }

  get fields(): FieldFault[] {
    return Array.isArray(this.facts.fields) ? (this.facts.fields as FieldFault[]) : []
  }
}

export const BASE = '/api/v1'

let csrf = ''
let onSignedOut: () => void = () => undefined

export function setCsrf(token: string): void {
  csrf = token
}

export function getCsrf(): string {
  return csrf
}

/** Called when the API says that nobody is signed in any more. */
export function whenSignedOut(listener: () => void): void {
  onSignedOut = listener
}

type Query = Record<string, string | number | boolean | null | undefined>

/** An address of the API as text, for streams, pictures and files. */
export function path(url: string, query: Query = {}): string {
  const params = new URLSearchParams()
  for (const [key, value] of Object.entries(query)) {
    if (value !== undefined && value !== null && value !== '') params.set(key, String(value))
  }
  const text = params.toString()
  return `${BASE}${url}${text ? `?${text}` : ''}`
}

export function offline(): ApiError {
  return new ApiError(0, 'offline', 'Nova antwortet nicht. Prüfen Sie, ob der Dienst läuft und die Verbindung steht.')
}

/** Where a 401 is about what was typed, not about who is signed in. */
const OF_PROOFS = /\/api\/v1\/(sign-in|invitations|me\/account)\//

function refuse(status: number, body: unknown, url = ''): ApiError {
  if (status === 401 && !OF_PROOFS.test(url)) onSignedOut()
  if (typeof body !== 'object' || body === null) return new ApiError(status, 'unreadable', `Nova hat unlesbar geantwortet (HTTP ${status}).`)
  const envelope = body as { message?: string | null; data?: Record<string, unknown> | null; trace_id?: string }
  const facts = envelope.data ?? {}
  const code = typeof facts.code === 'string' ? facts.code : `http_${status}`
  return new ApiError(status, code, envelope.message || `Die Anfrage ist gescheitert (HTTP ${status}).`, envelope.trace_id ?? null, facts)
}

/** Reads an envelope that came as text; tells the session when it has ended. */
export function unwrap<T>(status: number, text: string): T {
  let envelope: { data?: unknown } | null = null
  try {
    envelope = JSON.parse(text) as { data?: unknown }
  } catch {
    throw refuse(status, null)
  }
  if (status >= 400 || envelope === null) throw refuse(status, envelope)
  return envelope.data as T
}

/** The API with its addresses, parameters and answers as the generated types know them. */
export const api = createClient<paths>({ baseUrl: window.location.origin, credentials: 'same-origin', fetch: (request) => globalThis.fetch(request) })

api.use({
  onRequest: ({ request }) => {
    if (request.method !== 'GET') request.headers.set('X-CSRF-Token', csrf)
    return request
  },
})

interface Result {
  data?: { data: unknown }
  error?: unknown
  response: Response
}

/** Nothing has happened yet: another operator has to say yes. */
interface Waiting {
  approval_id: string
  action: string
}

type Done<D> = D extends Waiting ? (keyof D extends keyof Waiting ? never : D) : D
type Told<R extends Result> = Done<NonNullable<R['data']>['data']>

function isWaiting(status: number, told: unknown): told is Waiting {
  return status === 202 && typeof told === 'object' && told !== null && 'approval_id' in told
}

export const WAITS = 'waits'
const WAITING = 'Vorgemerkt. Es geschieht, sobald eine zweite Person der Betriebsverwaltung es bestätigt (Personen › Bestätigungen).'

/** Waits for a call of `api` and takes the envelope off. What waits for a second person has not gone through: ApiError `waits`. */
export async function data<R extends Result>(call: Promise<R>): Promise<Told<R>> {
  let result: R
  try {
    result = await call
  } catch (error) {
    if (error instanceof DOMException && error.name === 'AbortError') throw error
    throw error instanceof SyntaxError ? refuse(200, null) : offline()
  }
  if (result.data === undefined) throw refuse(result.response.status, result.error, result.response.url)
  if (isWaiting(result.response.status, result.data.data)) throw new ApiError(202, WAITS, WAITING)
  return result.data.data as Told<R>
}
