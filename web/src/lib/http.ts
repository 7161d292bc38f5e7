/** A call to the API in, the envelope's data out; anything else becomes an ApiError with cause and trace id. */

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
    readonly data: Record<string, unknown> = {},
  ) {
    super(message)
  }

  get fields(): FieldFault[] {
    return Array.isArray(this.data.fields) ? (this.data.fields as FieldFault[]) : []
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

interface Options {
  query?: Query
  body?: unknown
  signal?: AbortSignal
}

export function path(url: string, query: Query = {}): string {
  const params = new URLSearchParams()
  for (const [key, value] of Object.entries(query)) {
    if (value !== undefined && value !== null && value !== '') params.set(key, String(value))
  }
  const text = params.toString()
  return `${BASE}${url}${text ? `?${text}` : ''}`
}

export function headers(method: string, json: boolean): Record<string, string> {
  return {
    Accept: 'application/json',
    ...(json ? { 'Content-Type': 'application/json' } : {}),
    ...(method === 'GET' ? {} : { 'X-CSRF-Token': csrf }),
  }
}

export function offline(): ApiError {
  return new ApiError(0, 'offline', 'Nova antwortet nicht. Prüfen Sie, ob der Dienst läuft und die Verbindung steht.')
}

/** Reads an envelope; tells the session when it has ended. */
export function unwrap<T>(status: number, text: string): T {
  let envelope: { status?: string; message?: string | null; data?: unknown; trace_id?: string }
  try {
    envelope = JSON.parse(text) as typeof envelope
  } catch {
    throw new ApiError(status, 'unreadable', `Nova hat unlesbar geantwortet (HTTP ${status}).`)
  }
  if (status < 400 && envelope.status !== 'error') return envelope.data as T
  const data = (envelope.data ?? {}) as Record<string, unknown>
  const code = typeof data.code === 'string' ? data.code : `http_${status}`
  if (status === 401) onSignedOut()
  throw new ApiError(status, code, envelope.message || `Die Anfrage ist gescheitert (HTTP ${status}).`, envelope.trace_id ?? null, data)
}

export async function request<T>(method: string, url: string, options: Options = {}): Promise<T> {
  const json = options.body !== undefined
  let response: Response
  try {
    response = await fetch(path(url, options.query), {
      method,
      headers: headers(method, json),
      body: json ? JSON.stringify(options.body) : undefined,
      credentials: 'same-origin',
      signal: options.signal,
    })
  } catch (error) {
    if (error instanceof DOMException && error.name === 'AbortError') throw error
    throw offline()
  }
  return unwrap<T>(response.status, await response.text())
}

export const get = <T>(url: string, query?: Query, signal?: AbortSignal): Promise<T> => request<T>('GET', url, { query, signal })
export const post = <T>(url: string, body: unknown = {}): Promise<T> => request<T>('POST', url, { body })
export const del = <T>(url: string): Promise<T> => request<T>('DELETE', url)
