/** The one live stream of the page: job and health events go into the query cache; polling takes over when it breaks. */

import type { QueryClient } from '@tanstack/react-query'
import { useQueryClient } from '@tanstack/react-query'
import { useEffect } from 'react'
import type { Health, HealthEvent, Job } from '@/api/types'
import { path } from '@/lib/http'
import { createStore, useStore } from '@/lib/store'

export type LiveState = 'connecting' | 'live' | 'polling' | 'paused'

const state = createStore<LiveState>('connecting')
const RETRY_MS = 15_000

export function useLiveState(): LiveState {
  return useStore(state)
}

/** How often a list should ask by itself: never while the stream tells us. */
export function usePolling(every: number): number | false {
  return useLiveState() === 'live' ? false : every
}

/** Puts a changed job into a list of jobs, newest first. */
export function mergeJob(jobs: Job[], changed: Job): Job[] {
  const rest = jobs.filter((job) => job.job_id !== changed.job_id)
  return [...rest, changed].toSorted((a, b) => b.created_at.localeCompare(a.created_at))
}

export function isEnded(job: Job): boolean {
  return job.state === 'done' || job.state === 'failed' || job.state === 'cancelled'
}

const FRESH_MS = 15_000
const seen = new Map<string, Job['state']>()

/** Whether lists must be asked for anew: a job ended that we saw running, or that ended just now. */
function matters(job: Job): boolean {
  const before = seen.get(job.job_id)
  seen.set(job.job_id, job.state)
  if (!isEnded(job) || before === job.state) return false
  return before !== undefined || (job.ended_at !== null && Date.now() - Date.parse(job.ended_at) < FRESH_MS)
}

const CHANGED_BY_JOBS = ['items', 'item', 'overview', 'ingest', 'facets', 'starters', 'kpis', 'kpi', 'alerts', 'tickets', 'gaps', 'reviews', 'learning', 'erasures', 'seeding', 'training']

export function takeJob(queries: QueryClient, job: Job): void {
  queries.setQueryData<{ jobs: Job[] }>(['jobs'], (old) => (old ? { jobs: mergeJob(old.jobs, job) } : old))
  queries.setQueryData(['job', job.job_id], job)
  if (!matters(job)) return
  for (const key of CHANGED_BY_JOBS) void queries.invalidateQueries({ queryKey: [key] })
}

function takeHealth(queries: QueryClient, fresh: HealthEvent): void {
  queries.setQueryData<Health>(['health'], (old) => (old ? { ...old, ...fresh } : old))
}

function read<T>(event: Event): T | null {
  try {
    return JSON.parse((event as MessageEvent<string>).data) as T
  } catch {
    return null
  }
}

/** Opens the stream while the page can be seen: a hidden tab gives its connection back. */
export function useLive(): void {
  const queries = useQueryClient()
  useEffect(() => {
    let source: EventSource | null = null
    let retry: ReturnType<typeof setTimeout> | undefined
    const close = (next: LiveState): void => {
      clearTimeout(retry)
      source?.close()
      source = null
      state.set(() => next)
    }
    const open = (): void => {
      close('connecting')
      source = new EventSource(path('/stream/live'), { withCredentials: true })
      source.addEventListener('open', () => {
        state.set(() => 'live')
        void queries.invalidateQueries({ queryKey: ['jobs'] })
      })
      source.addEventListener('job', (event) => {
        const job = read<Job>(event)
        if (job) takeJob(queries, job)
      })
      source.addEventListener('health', (event) => {
        const health = read<HealthEvent>(event)
        if (health) takeHealth(queries, health)
      })
      source.addEventListener('error', () => {
        close('polling')
        retry = setTimeout(open, RETRY_MS)
      })
    }
    const follow = (): void => (document.visibilityState === 'visible' ? open() : close('paused'))
    follow()
    document.addEventListener('visibilitychange', follow)
    return () => {
      document.removeEventListener('visibilitychange', follow)
      close('connecting')
    }
  }, [queries])
}
