import { http, HttpResponse } from 'msw'
import { describe, expect, it, vi } from 'vitest'
import { ok, server } from '../../tools/mock/vitest'
import { api, ApiError, data, path, setCsrf, unwrap, whenSignedOut } from './http'

const fault = async (call: () => Promise<unknown>): Promise<ApiError> => {
  try {
    await call()
  } catch (error) {
    if (error instanceof ApiError) return error
    throw error
  }
  throw new Error('no error came')
}

describe('data', () => {
  it('takes the envelope off', async () => {
    const starters = await data(api.GET('/api/v1/rag/starters'))
    expect(starters.questions).toHaveLength(4)
  })

  it('sends the CSRF token with what changes something, and only then', async () => {
    const seen: (string | null)[] = []
    server.use(
      http.all('*/api/v1/session', ({ request }) => {
        seen.push(request.headers.get('X-CSRF-Token'))
        return ok({})
      }),
    )
    setCsrf('geheim')
    await data(api.GET('/api/v1/session'))
    await data(api.DELETE('/api/v1/session'))
    expect(seen).toEqual([null, 'geheim'])
  })

  it('tells cause, code, fields and trace id', async () => {
    server.use(
      http.get('*/api/v1/jobs', () =>
        HttpResponse.json({ status: 'error', message: 'So nicht.', data: { code: 'validation', fields: [{ field: 'limit', message: 'zu groß' }] }, trace_id: 'abc' }, { status: 400 }),
      ),
    )
    const error = await fault(() => data(api.GET('/api/v1/jobs')))
    expect([error.status, error.code, error.message, error.traceId]).toEqual([400, 'validation', 'So nicht.', 'abc'])
    expect(error.fields).toEqual([{ field: 'limit', message: 'zu groß' }])
  })

  it('names a server that does not answer', async () => {
    server.use(http.get('*/api/v1/jobs', () => HttpResponse.error()))
    expect((await fault(() => data(api.GET('/api/v1/jobs')))).code).toBe('offline')
  })

  it('says when the session has ended', async () => {
    const gone = vi.fn()
    whenSignedOut(gone)
    server.use(http.get('*/api/v1/jobs', () => HttpResponse.json({ status: 'error', message: 'Bitte anmelden.', data: { code: 'not_signed_in' } }, { status: 401 })))
    await fault(() => data(api.GET('/api/v1/jobs')))
    expect(gone).toHaveBeenCalledOnce()
  })
})

describe('unwrap', () => {
  it('refuses what is no envelope', () => {
    expect(() => unwrap(502, '<html>Bad Gateway</html>')).toThrow('unlesbar')
    expect(unwrap(200, '{"status":"ok","data":{"a":1}}')).toEqual({ a: 1 })
  })
})

it('leaves empty parameters out of an address', () => expect(path('/x', { a: 1, b: undefined, c: '', d: null, e: false })).toBe('/api/v1/x?a=1&e=false'))
