/** Calls of the Betrieb page: health, jobs and figures. */

import { useQuery } from '@tanstack/react-query'
import type { Health, Job } from '@/api/types'
import { api, ApiError, data } from '@/lib/http'
import { usePolling } from '@/live/live'

/** A failed service answers 503, and its answer still says which one. */
async function loadHealth(signal: AbortSignal): Promise<Health> {
  try {
    return await data(api.GET('/api/v1/admin/health', { signal }))
  } catch (error) {
    if (error instanceof ApiError && error.facts.services) return error.facts as unknown as Health
    throw error
  }
}

export function useHealth() {
  const polling = usePolling(10_000)
  return useQuery({ queryKey: ['health'], queryFn: ({ signal }) => loadHealth(signal), refetchInterval: polling })
}

export function useJobs() {
  const polling = usePolling(3000)
  return useQuery({ queryKey: ['jobs'], queryFn: ({ signal }) => data(api.GET('/api/v1/jobs', { params: { query: { limit: 100 } }, signal })), refetchInterval: polling })
}

export function useIngest() {
  return useQuery({ queryKey: ['ingest'], queryFn: ({ signal }) => data(api.GET('/api/v1/metrics/ingest', { signal })), refetchInterval: 30_000 })
}

export function useOverview() {
  return useQuery({ queryKey: ['overview'], queryFn: ({ signal }) => data(api.GET('/api/v1/metrics/overview', { signal })), refetchInterval: 60_000 })
}

export function cancelJob(jobId: string): Promise<Job> {
  return data(api.POST('/api/v1/jobs/{job_id}/cancel', { params: { path: { job_id: jobId } } }))
}

export function retryJob(jobId: string): Promise<Job> {
  return data(api.POST('/api/v1/jobs/{job_id}/retry', { params: { path: { job_id: jobId } } }))
}

export function reindexAll(relearn: boolean): Promise<{ job_id: string }> {
  return data(api.POST('/api/v1/admin/reindex', { body: { relearn } }))
}

export function useSnapshots() {
  return useQuery({ queryKey: ['snapshots'], queryFn: ({ signal }) => data(api.GET('/api/v1/admin/snapshots', { signal })), refetchInterval: 15_000 })
}

export function makeSnapshot(index: boolean): Promise<{ job_id: string }> {
  return data(api.POST('/api/v1/admin/snapshots', { body: { qdrant: index, pg_dump: true } }))
}

export function proveSnapshot(snapshotId: string): Promise<{ job_id: string }> {
  return data(api.POST('/api/v1/admin/snapshots/{snapshot_id}/prove', { params: { path: { snapshot_id: snapshotId } } }))
}

export function deleteSnapshot(snapshotId: string): Promise<{ deleted: boolean }> {
  return data(api.DELETE('/api/v1/admin/snapshots/{snapshot_id}', { params: { path: { snapshot_id: snapshotId } } }))
}
