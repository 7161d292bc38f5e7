/** Calls for pipelines, their runs, what those left out, versions, and where records come from. */

import { keepPreviousData, useQuery, useQueryClient } from '@tanstack/react-query'
import type { DatasetDiff, SubjectRow, SourceSample } from '@/api/types'
import { api, data } from '@/lib/http'
import { usePolling } from '@/live/live'

export const REMOVAL_PAGE = 25

const AT_REST = 30_000
const AT_WORK = 2000

export function usePipelines() {
  return useQuery({
    queryKey: ['seeding', 'pipelines'],
    queryFn: ({ signal }) => data(api.GET('/api/v1/seeding/pipelines', { signal })),
    refetchInterval: (query) => (query.state.data?.pipelines.some(({ job_id }) => job_id !== null) ? AT_WORK : AT_REST),
  })
}

/** The job of a run, for its progress; only who may run sees it. */
export function useRunJob(jobId: string | null, may: boolean) {
  const polling = usePolling(1000)
  return useQuery({
    queryKey: ['job', jobId],
    queryFn: ({ signal }) => data(api.GET('/api/v1/jobs/{job_id}', { params: { path: { job_id: jobId ?? '' } }, signal })),
    enabled: may && jobId !== null,
    refetchInterval: polling,
    retry: false,
  })
}

export function useRuns(pipeline: string, busy: boolean) {
  return useQuery({
    queryKey: ['seeding', 'runs', pipeline],
    queryFn: ({ signal }) => data(api.GET('/api/v1/seeding/runs', { params: { query: { pipeline, limit: 50 } }, signal })),
    refetchInterval: busy ? AT_WORK : AT_REST,
  })
}

export function startRun(pipeline: string, reason: string): Promise<{ job_id: string }> {
  return data(api.POST('/api/v1/seeding/pipelines/{pipeline}/runs', { params: { path: { pipeline } }, body: { reason } }))
}

/** Looking at records is noted in the audit log, so nothing asks again by itself. */
export function loadSample(pipeline: string, signal: AbortSignal): Promise<SourceSample> {
  return data(api.GET('/api/v1/seeding/pipelines/{pipeline}/preview', { params: { path: { pipeline } }, signal }))
}

/** A page of what a run left out; one more is asked for, to know whether another page follows. */
export function useRemovals(runId: string | undefined, step: string | undefined, page: number) {
  return useQuery({
    queryKey: ['removals', runId, step ?? '', page],
    queryFn: async ({ signal }) => {
      const query = { limit: REMOVAL_PAGE + 1, offset: page * REMOVAL_PAGE, ...(step ? { step } : {}) }
      const { removals } = await data(api.GET('/api/v1/seeding/runs/{run_id}/removals', { params: { path: { run_id: runId ?? '' }, query }, signal }))
      return { removals: removals.slice(0, REMOVAL_PAGE), more: removals.length > REMOVAL_PAGE }
    },
    enabled: runId !== undefined,
    staleTime: Infinity,
    placeholderData: keepPreviousData,
  })
}

/** Which removals are taken back: some rows, all in favour of one record, or with neither all of the run. */
export interface Undo {
  ids?: string[]
  kept_id?: string
}

export function undoRemovals(runId: string, undo: Undo): Promise<{ undone: number }> {
  return data(api.POST('/api/v1/seeding/runs/{run_id}/undo', { params: { path: { run_id: runId } }, body: undo }))
}

/** Looking at a person's records is noted in the audit log. */
export function loadPerson(name: string): Promise<{ rows: SubjectRow[] }> {
  return data(api.POST('/api/v1/seeding/people', { body: { name } }))
}

export function correctPerson(name: string, column: string, value: string | null): Promise<{ rows: number; versions: number }> {
  return data(api.POST('/api/v1/seeding/corrections', { body: { name, column, value } }))
}

export function useVersions(dataset: string) {
  return useQuery({
    queryKey: ['seeding', 'versions', dataset],
    queryFn: ({ signal }) => data(api.GET('/api/v1/seeding/versions', { params: { query: { dataset } }, signal })),
  })
}

export function goLive(dataset: string, version: string): Promise<{ version: string | null }> {
  return data(api.POST('/api/v1/seeding/datasets/{dataset}/live', { params: { path: { dataset } }, body: { version } }))
}

export function rollBack(dataset: string): Promise<{ version: string | null }> {
  return data(api.POST('/api/v1/seeding/datasets/{dataset}/rollback', { params: { path: { dataset } } }))
}

export function loadDiff(dataset: string, before: string, after: string, signal: AbortSignal): Promise<DatasetDiff> {
  return data(api.GET('/api/v1/seeding/datasets/{dataset}/diff', { params: { path: { dataset }, query: { before, after } }, signal }))
}

export function useOrigins(dataset: string, version: string | undefined, row: string | undefined) {
  return useQuery({
    queryKey: ['seeding', 'origins', dataset, version, row],
    queryFn: ({ signal }) => data(api.GET('/api/v1/seeding/datasets/{dataset}/lineage', { params: { path: { dataset }, query: { version: version ?? '', row: row ?? '' } }, signal })),
    enabled: version !== undefined && row !== undefined,
  })
}

export function useUses(source: string | undefined, key: string | undefined) {
  return useQuery({
    queryKey: ['seeding', 'uses', source, key],
    queryFn: ({ signal }) => data(api.GET('/api/v1/seeding/uses', { params: { query: { source: source ?? '', key: key ?? '' } }, signal })),
    enabled: source !== undefined && key !== undefined,
  })
}

export function useEngines() {
  return useQuery({
    queryKey: ['seeding', 'engines'],
    queryFn: ({ signal }) => data(api.GET('/api/v1/seeding/engines', { signal })),
    refetchInterval: AT_REST,
  })
}

/** What an engine has learned; asked for when somebody looks. */
export function useModel(engine: string | null) {
  return useQuery({
    queryKey: ['seeding', 'model', engine],
    queryFn: ({ signal }) => data(api.GET('/api/v1/seeding/engines/{engine}/model', { params: { path: { engine: engine ?? '' } }, signal })),
    enabled: engine !== null,
  })
}

/** Of the columns that engines need, how many they get. */
export function useCoverage() {
  return useQuery({ queryKey: ['seeding', 'coverage'], queryFn: ({ signal }) => data(api.GET('/api/v1/seeding/coverage', { signal })), refetchInterval: AT_REST })
}

export function deliverTo(engine: string): Promise<{ job_id: string }> {
  return data(api.POST('/api/v1/seeding/engines/{engine}/deliver', { params: { path: { engine } } }))
}

export function rollEngineBack(engine: string): Promise<{ version: string | null }> {
  return data(api.POST('/api/v1/seeding/engines/{engine}/rollback', { params: { path: { engine } } }))
}

export function useRenew(...keys: string[]): () => Promise<void> {
  const queries = useQueryClient()
  return async () => {
    await Promise.all(keys.map((key) => queries.invalidateQueries({ queryKey: [key] })))
  }
}
