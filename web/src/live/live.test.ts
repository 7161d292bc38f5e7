import { QueryClient } from '@tanstack/react-query'
import { describe, expect, it, vi } from 'vitest'
import type { Job } from '@/api/types'
import { jobs as sample } from '../../tools/mock/data.mjs'
import { mergeJob, takeJob } from './live'

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
