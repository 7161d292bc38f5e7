/** Calls of the Betrieb page: health, jobs and figures. */

import { useQuery } from '@tanstack/react-query'
import type { Health, IngestMetrics, Job, Overview } from '@/api/types'
import { ApiError, get, post } from '@/lib/http'
import { usePolling } from '@/live/live'

/** A failed service answers 503, and its answer still says which one. */
async function loadHealth(signal: AbortSignal): Promise<Health> {
  try {
    return await get<Health>('/admin/health', {}, signal)
  } catch (error) {
    if (error instanceof ApiError && error.data.services) return error.data as unknown as Health
    throw error
  }
}

export function useHealth() {
  const polling = usePolling(10_000)
  return useQuery({ queryKey: ['health'], queryFn: ({ signal }) => loadHealth(signal), refetchInterval: polling })
}

export function useJobs() {
  const polling = usePolling(3000)
  return useQuery({ queryKey: ['jobs'], queryFn: ({ signal }) => get<{ jobs: Job[] }>('/jobs', { limit: 100 }, signal), refetchInterval: polling })
}

export function useIngest() {
  return useQuery({ queryKey: ['ingest'], queryFn: ({ signal }) => get<IngestMetrics>('/metrics/ingest', {}, signal), refetchInterval: 30_000 })
}

export function useOverview() {
  return useQuery({ queryKey: ['overview'], queryFn: ({ signal }) => get<Overview>('/metrics/overview', {}, signal), refetchInterval: 60_000 })
}

export function cancelJob(jobId: string): Promise<Job> {
  return post<Job>(`/jobs/${jobId}/cancel`)
}

export function retryJob(jobId: string): Promise<Job> {
  return post<Job>(`/jobs/${jobId}/retry`)
}

export function reindexAll(relearn: boolean): Promise<{ job_id: string }> {
  return post('/admin/reindex', { relearn })
}
