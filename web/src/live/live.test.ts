import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { act, renderHook } from '@testing-library/react'
import { createElement, type ReactNode } from 'react'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { Job } from '@/api/types'
import { jobs as sample } from '../../tools/mock/data.mjs'
import { mergeJob, takeJob, useLive, usePolling } from './live'

const [running, queued] = sample as unknown as [Job, Job]

describe('mergeJob', () => {
  it('replaces the job and keeps the newest on top', () => {
    const changed = { ...queued, state: 'running' as const }
    const merged = mergeJob([running, queued], changed)
    expect(merged.map((job) => job.job_id)).toEqual([running.job_id, queued.job_id])
    expect(merged[1]?.state).toBe('running')
  })
})

describe('takeJob', () => {
  it('asks for the lists anew when a job ends, once', () => {
    const queries = new QueryClient()
    const spy = vi.spyOn(queries, 'invalidateQueries')
    takeJob(queries, running)
    expect(spy).not.toHaveBeenCalled()
    takeJob(queries, { ...running, state: 'done', ended_at: new Date().toISOString() })
    const calls = spy.mock.calls.length
    expect(calls).toBeGreaterThan(0)
    takeJob(queries, { ...running, state: 'done', ended_at: new Date().toISOString() })
    expect(spy.mock.calls.length).toBe(calls)
  })

  it('takes a job that ended long ago for no news', () => {
    const queries = new QueryClient()
    const spy = vi.spyOn(queries, 'invalidateQueries')
    takeJob(queries, { ...queued, job_id: 'old', state: 'done', ended_at: '2026-01-01T00:00:00Z' })
    expect(spy).not.toHaveBeenCalled()
  })
})

class FakeSource extends EventTarget {
  static open: FakeSource[] = []
  closed = false

  constructor(readonly url: string) {
    super()
    FakeSource.open.push(this)
  }

  close(): void {
    this.closed = true
  }

  tell(name: string, data: unknown): void {
    this.dispatchEvent(new MessageEvent(name, { data: JSON.stringify(data) }))
  }
}

function start() {
  const queries = new QueryClient()
  const wrapper = ({ children }: { children: ReactNode }) => createElement(QueryClientProvider, { client: queries }, children)
  const hook = renderHook(
    () => {
      useLive()
      return usePolling(3000)
    },
    { wrapper },
  )
  return { queries, hook }
}

describe('useLive', () => {
  beforeEach(() => {
    FakeSource.open = []
    vi.useFakeTimers()
    vi.stubGlobal('EventSource', FakeSource)
  })
  afterEach(() => {
    vi.useRealTimers()
    vi.unstubAllGlobals()
  })

  it('polls until the stream is open, and again when it breaks', () => {
    const { hook } = start()
    expect(hook.result.current).toBe(3000)
    act(() => FakeSource.open[0]?.tell('open', {}))
    expect(hook.result.current).toBe(false)
    act(() => FakeSource.open[0]?.tell('error', {}))
    expect(hook.result.current).toBe(3000)
    expect(FakeSource.open[0]?.closed).toBe(true)
    act(() => vi.advanceTimersByTime(15_000))
    expect(FakeSource.open).toHaveLength(2)
  })

  it('puts jobs into the list that pages show', () => {
    const { queries } = start()
    queries.setQueryData(['jobs'], { jobs: [running] })
    act(() => FakeSource.open[0]?.tell('job', { ...running, progress: 4000 }))
    expect(queries.getQueryData<{ jobs: Job[] }>(['jobs'])?.jobs[0]?.progress).toBe(4000)
  })

  it('holds one stream, and none after the page is left', () => {
    const { hook } = start()
    hook.unmount()
    expect(FakeSource.open.map((source) => source.closed)).toEqual([true])
  })
})
