import { cleanup, configure } from '@testing-library/react'
import { HttpResponse } from 'msw'
import { setupServer } from 'msw/node'
import { afterAll, afterEach, beforeAll, beforeEach, onTestFinished, vi } from 'vitest'
import { handlers } from './handlers.mjs'

vi.mock('@/chart/core', () => import('./chart'))
configure({ asyncUtilTimeout: 5000 }) // a busy machine may take its time

export const server = setupServer(...handlers)

beforeAll(() => server.listen({ onUnhandledRequest: 'error' }))
afterEach(() => {
  cleanup()
  server.resetHandlers()
})
afterAll(() => server.close())

/** An answer of the API that went well. */
export const ok = (data: unknown) => HttpResponse.json({ status: 'ok', message: '', data, trace_id: 't' })

class Silent extends EventTarget {
  close = vi.fn()
}

/** For a file of tests: the live stream says nothing, and no test leaves anything in the browser's store. */
export function withoutStream(): void {
  beforeEach(() => void vi.stubGlobal('EventSource', Silent))
  afterEach(() => {
    vi.unstubAllGlobals()
    window.localStorage.clear()
  })
}

/** For the rest of a test it is noon: what is left of today holds hours to come. */
export function atNoon(): void {
  vi.useFakeTimers({ toFake: ['Date'], now: new Date().setHours(12, 0, 0, 0) })
  onTestFinished(() => void vi.useRealTimers())
}
