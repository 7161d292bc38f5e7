/** Calls for datasets that models are tuned with, runs, what they are worth, and their blind reviews. */

import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useCallback } from 'react'
import type { BlindPair, ModelCard, RunWanted, TrainDataset, TrainRun, TrainStanding } from '@/api/types'
import { api, data } from '@/lib/http'
import { isEnded, usePolling } from '@/live/live'
import { isOpen } from './words'

const AT_REST = 30_000
const AT_WORK = 2000

/** The pipeline that makes what models are tuned with. */
const PIPELINE = 'nova-training'
const OPEN_TICKETS = ['open', 'doing', 'waiting']

/** Open tickets that ask for training, each with its reason. */
export function useCauses() {
  return useQuery({
    queryKey: ['tickets', 'of-training'],
    queryFn: async ({ signal }) => {
      const { tickets } = await data(api.GET('/api/v1/admin/tickets', { params: { query: { kind: 'training', limit: 100 } }, signal }))
      return tickets.filter(({ state }) => OPEN_TICKETS.includes(state))
    },
  })
}

export function useCorpora() {
  return useQuery({ queryKey: ['training', 'corpora'], queryFn: ({ signal }) => data(api.GET('/api/v1/training/corpora', { signal })) })
}

export function useDatasets() {
  return useQuery({ queryKey: ['training', 'datasets'], queryFn: ({ signal }) => data(api.GET('/api/v1/training/datasets', { signal })), refetchInterval: AT_REST })
}

/** The job that makes a dataset now, whoever began it. */
export function useMaking() {
  return useQuery({
    queryKey: ['seeding', 'pipelines'],
    queryFn: ({ signal }) => data(api.GET('/api/v1/seeding/pipelines', { signal })),
    select: ({ pipelines }) => pipelines.find(({ name }) => name === PIPELINE),
    refetchInterval: (query) => (query.state.data?.pipelines.some(({ job_id }) => job_id !== null) ? AT_WORK : AT_REST),
  })
}

export function makeDataset(reason: string): Promise<{ job_id: string }> {
  return data(api.POST('/api/v1/training/datasets', { body: { reason } }))
}

export function useJob(jobId: string | null | undefined) {
  const polling = usePolling(1000)
  return useQuery({
    queryKey: ['job', jobId],
    queryFn: ({ signal }) => data(api.GET('/api/v1/jobs/{job_id}', { params: { path: { job_id: jobId ?? '' } }, signal })),
    enabled: Boolean(jobId),
    refetchInterval: (query) => (query.state.data && isEnded(query.state.data) ? false : polling),
    retry: false,
  })
}

export function measure(wanted: RunWanted): Promise<{ job_id: string }> {
  return data(api.POST('/api/v1/training/preflight', { body: wanted }))
}

/** What was sent to be measured: a measurement is told of this only. */
export interface Sent {
  job: string
  wanted: RunWanted
}

/** The last measurement of whoever looks; it is kept while they look at other pages. */
export function useSent(): [Sent | null, (sent: Sent) => void] {
  const queries = useQueryClient()
  const { data: sent = null } = useQuery<Sent | null>({ queryKey: ['training-sent'], queryFn: () => null, initialData: null, staleTime: Infinity, gcTime: Infinity })
  return [sent, (next) => void queries.setQueryData(['training-sent'], next)]
}

export function startRun(wanted: RunWanted): Promise<{ run: TrainRun }> {
  return data(api.POST('/api/v1/training/runs', { body: wanted }))
}

export function useRuns() {
  return useQuery({
    queryKey: ['training', 'runs'],
    queryFn: ({ signal }) => data(api.GET('/api/v1/training/runs', { params: { query: { limit: 50 } }, signal })),
    refetchInterval: (query) => (query.state.data?.runs.some(isOpen) ? AT_WORK : AT_REST),
  })
}

/** A run with its curve and its last evaluation. */
export function useRun(name: string, wanted = true) {
  return useQuery({
    queryKey: ['training', 'run', name],
    queryFn: ({ signal }) => data(api.GET('/api/v1/training/runs/{train_run}', { params: { path: { train_run: name } }, signal })),
    enabled: wanted,
    refetchInterval: (query) => (query.state.data && isOpen(query.state.data.run) ? AT_WORK : AT_REST),
  })
}

const PATHS = {
  pause: '/api/v1/training/runs/{train_run}/pause',
  resume: '/api/v1/training/runs/{train_run}/resume',
  cancel: '/api/v1/training/runs/{train_run}/cancel',
} as const
export type Act = keyof typeof PATHS

export function act(what: Act, name: string): Promise<TrainRun> {
  return data(api.POST(PATHS[what], { params: { path: { train_run: name } } }))
}

/** The manifest of a run's data, where it still holds the rows that the run has learned from; without it some gates see less. */
async function manifestOf(run: TrainRun): Promise<TrainDataset | null> {
  const { datasets } = await data(api.GET('/api/v1/training/datasets'))
  return datasets.find(({ version, digest }) => version === run.version && digest === run.digest) ?? null
}

export async function evaluate(run: TrainRun): Promise<{ passed: boolean; tickets: string[] }> {
  const manifest = await manifestOf(run)
  return data(api.POST('/api/v1/training/runs/{train_run}/evaluation', { params: { path: { train_run: run.name } }, body: { manifest } }))
}

export async function makeCard(run: TrainRun): Promise<ModelCard> {
  const manifest = await manifestOf(run)
  return data(api.POST('/api/v1/training/runs/{train_run}/card', { params: { path: { train_run: run.name } }, body: { manifest } }))
}

export function usePanel(name: string) {
  return useQuery({
    queryKey: ['training', 'panel', name],
    queryFn: ({ signal }) => data(api.GET('/api/v1/training/runs/{train_run}/review', { params: { path: { train_run: name } }, signal })),
  })
}

/** The pair that is next for whoever asks; only a vote changes it. */
export function useNextPair(name: string, wanted: boolean) {
  return useQuery({
    queryKey: ['training', 'pair', name],
    queryFn: ({ signal }) => data(api.GET('/api/v1/training/runs/{train_run}/review/next', { params: { path: { train_run: name } }, signal })),
    enabled: wanted,
    staleTime: Infinity,
    refetchOnWindowFocus: false,
    retry: false,
  })
}

export type Choice = 'left' | 'right' | 'tie'

export function judge(name: string, { row_id, mark }: BlindPair, choice: Choice, note: string): Promise<{ done: number; of: number }> {
  return data(api.POST('/api/v1/training/runs/{train_run}/review', { params: { path: { train_run: name } }, body: { row_id, mark, choice, note } }))
}

/** A run before it serves. */
export function useStanding(name: string) {
  return useQuery({
    queryKey: ['training', 'keys', name],
    queryFn: ({ signal }) => data(api.GET('/api/v1/training/runs/{train_run}/keys', { params: { path: { train_run: name } }, signal })),
    refetchInterval: AT_REST,
  })
}

export type Says = 'yes' | 'no'

export function turnKey({ run, evaluation_id }: TrainStanding, says: Says, reason: string, share: number): Promise<TrainStanding> {
  return data(api.POST('/api/v1/training/runs/{train_run}/keys', { params: { path: { train_run: run } }, body: { evaluation_id, says, reason, share } }))
}

export function useServing() {
  return useQuery({ queryKey: ['training', 'serving'], queryFn: ({ signal }) => data(api.GET('/api/v1/training/serving', { signal })), refetchInterval: AT_REST })
}

/** A run whose keys are turned answers a share of the people, or writes in the shadow (0). */
export function tryOut(run: string, share: number): Promise<{ live: string }> {
  return data(api.POST('/api/v1/training/serving/trial', { body: { run, share, reason: '' } }))
}

export function endTrial(): Promise<{ live: string }> {
  return data(api.POST('/api/v1/training/serving/trial/end', { body: { reason: '' } }))
}

export function serveAll(run: string): Promise<{ live: string }> {
  return data(api.POST('/api/v1/training/serving/champion', { body: { run, reason: '' } }))
}

export function takeBack(): Promise<{ live: string }> {
  return data(api.POST('/api/v1/training/serving/back', { body: { reason: '' } }))
}

/** Asks anew for what is named; without a name for all of training. */
export function useRenew(): (...parts: string[]) => Promise<void> {
  const queries = useQueryClient()
  return useCallback(
    async (...parts: string[]) => {
      const keys = parts.length > 0 ? parts.map((part) => ['training', part]) : [['training']]
      await Promise.all(keys.map((queryKey) => queries.invalidateQueries({ queryKey })))
    },
    [queries],
  )
}

/** A dataset begins to be made: its pipeline has a job now. */
export function useRenewMaking(): () => Promise<void> {
  const queries = useQueryClient()
  return () => queries.invalidateQueries({ queryKey: ['seeding', 'pipelines'] })
}
