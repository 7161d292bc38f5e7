import { act, renderHook, waitFor } from '@testing-library/react'
import { http, HttpResponse } from 'msw'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { server } from '../../../tools/mock/vitest'
import { ask, forgetTurns, stopTurn, useTurns } from './conversation'

const encoder = new TextEncoder()
const sentence = 'event: sentence\ndata: {"text":"Ein Satz.","citations":[],"checked":true,"new_citations":[]}\n\n'

/** An answer that begins with `first` and never ends by itself. */
function endless(first: string) {
  return http.post('*/api/v1/rag/ask', () => {
    const body = new ReadableStream({ start: (controller) => controller.enqueue(encoder.encode(first)) })
    return new HttpResponse(body, { headers: { 'Content-Type': 'text/event-stream' } })
  })
}

afterEach(() => act(forgetTurns))

describe('asking', () => {
  it('streams to the end', async () => {
    const { result } = renderHook(useTurns)
    const ended = vi.fn()
    act(() => void ask('Was ist steuerbar?', {}, ended))
    expect(result.current[0]?.phase).toBe('asking')
    await waitFor(() => expect(result.current[0]?.phase).toBe('done'), { timeout: 5000 })
    expect(result.current[0]?.sentences).toHaveLength(2)
    await waitFor(() => expect(ended).toHaveBeenCalledOnce())
  })

  it('stops at once and keeps what was said', async () => {
    server.use(endless(sentence))
    const { result } = renderHook(useTurns)
    act(() => void ask('Frage', {}, () => undefined))
    await waitFor(() => expect(result.current[0]?.sentences).toHaveLength(1))
    act(() => stopTurn(result.current[0]?.id ?? ''))
    expect(result.current[0]?.phase).toBe('stopped')
    expect(result.current[0]?.fault).toBeNull()
  })

  it('says why when the server refuses', async () => {
    server.use(http.post('*/api/v1/rag/ask', () => HttpResponse.json({ status: 'error', message: 'Zu viele Fragen.', data: { code: 'rate_limited' }, trace_id: 't9' }, { status: 429 })))
    const { result } = renderHook(useTurns)
    act(() => void ask('Frage', {}, () => undefined))
    await waitFor(() => expect(result.current[0]?.fault).toEqual({ message: 'Zu viele Fragen.', traceId: 't9' }))
  })

  it('notices a stream that ends too early', async () => {
    server.use(http.post('*/api/v1/rag/ask', () => new HttpResponse(sentence, { headers: { 'Content-Type': 'text/event-stream' } })))
    const { result } = renderHook(useTurns)
    act(() => void ask('Frage', {}, () => undefined))
    await waitFor(() => expect(result.current[0]?.phase).toBe('failed'))
    expect(result.current[0]?.fault?.message).toContain('abgerissen')
  })

  it('sends filters and the day only when they are set', async () => {
    const bodies: { conversation_id?: string }[] = []
    server.use(
      http.post('*/api/v1/rag/ask', async ({ request }) => {
        bodies.push((await request.json()) as { conversation_id?: string })
        return HttpResponse.json({ status: 'ok', message: '', data: { sentences: [], citations: [] } })
      }),
    )
    const { result } = renderHook(useTurns)
    act(() => void ask('eins', {}, () => undefined))
    act(() => void ask('zwei', { tag: 'Netz', asOf: '2025-01-31' }, () => undefined))
    await waitFor(() => expect(result.current.every((turn) => turn.phase === 'done')).toBe(true))
    expect(bodies).toContainEqual({ question: 'eins', stream: true, conversation_id: expect.stringMatching(/^[0-9a-f-]{36}$/) })
    expect(bodies).toContainEqual({ question: 'zwei', stream: true, conversation_id: bodies[0]?.conversation_id, filters: { tag: 'Netz' }, as_of: '2025-01-31' })
  })
})
