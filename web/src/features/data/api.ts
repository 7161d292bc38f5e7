/** Calls of the page: sources, the simulator, all meters, deliveries with their reports. */

import { keepPreviousData, useQuery, type QueryClient } from '@tanstack/react-query'
import type { components } from '@/api/schema'
import type { Feed, Meter, MeterDetail, Simulator } from '@/api/types'
import { api, data } from '@/lib/http'
import { useDataLive } from '@/series'

const AT_ONCE = 200
const MOST = 2000
export const IMPORT_PAGE = 20

/** The stream tells of most changes; without it the page asks more often. */
function useEvery(live: number, alone: number): number {
  return useDataLive() ? live : alone
}

export function useFeeds() {
  const every = useEvery(60_000, 10_000)
  return useQuery({
    queryKey: ['feeds'],
    queryFn: ({ signal }) => data(api.GET('/api/v1/data/feeds', { signal })),
    refetchInterval: every,
  })
}

export function useSimulator() {
  const every = useEvery(30_000, 5000)
  return useQuery({
    queryKey: ['sim'],
    queryFn: ({ signal }) => data(api.GET('/api/v1/sim', { signal })),
    refetchInterval: every,
  })
}

async function everyMeter(signal: AbortSignal): Promise<{ meters: Meter[]; total: number }> {
  const meters: Meter[] = []
  for (;;) {
    // oxlint-disable-next-line no-await-in-loop -- a page begins where the last one ended
    const page = await data(api.GET('/api/v1/data/meters', { params: { query: { limit: AT_ONCE, offset: meters.length } }, signal }))
    meters.push(...page.meters)
    if (page.meters.length === 0 || meters.length >= Math.min(page.total, MOST)) return { meters, total: page.total }
  }
}

/** All meters, so that the page can sort them by what they miss. */
export function useEveryMeter() {
  const every = useEvery(60_000, 20_000)
  return useQuery({
    queryKey: ['meters', 'alle'],
    queryFn: ({ signal }) => everyMeter(signal),
    // The stream told of a first value: what is missing since is not known yet.
    refetchInterval: (query) => (query.state.data?.meters.some((meter) => meter.last && meter.missing_s === null) ? 4000 : every),
    placeholderData: keepPreviousData,
  })
}

/** A page of deliveries; one more is asked for, to know whether another page follows. */
export function useImports(source: string | undefined, page: number, enabled: boolean) {
  return useQuery({
    queryKey: ['imports', source ?? '', page],
    queryFn: async ({ signal }) => {
      const query = { limit: IMPORT_PAGE + 1, offset: (page - 1) * IMPORT_PAGE, ...(source ? { source } : {}) }
      const { imports } = await data(api.GET('/api/v1/data/imports', { params: { query }, signal }))
      return { imports: imports.slice(0, IMPORT_PAGE), more: imports.length > IMPORT_PAGE }
    },
    enabled,
    refetchInterval: 20_000,
    placeholderData: keepPreviousData,
  })
}

export function useImport(batchId: number) {
  return useQuery({
    queryKey: ['import', batchId],
    queryFn: ({ signal }) => data(api.GET('/api/v1/data/imports/{batch_id}', { params: { path: { batch_id: batchId } }, signal })),
    refetchInterval: (query) => (query.state.data?.state === 'running' ? 2000 : false),
  })
}

export function switchFeed(name: string, action: 'start' | 'stop'): Promise<Feed> {
  return data(api.POST('/api/v1/data/feeds/{name}', { params: { path: { name } }, body: { action } }))
}

export interface SimChoice {
  seed: number
  meters: number
  days: number
  faults: boolean
}

export function runSimulator(action: 'start' | 'stop', choice?: SimChoice): Promise<Simulator> {
  return data(api.POST('/api/v1/sim/run', { body: { action, ...choice } }))
}

export type MeterChange = components['schemas']['MeterChange']

export function changeMeter(meterId: string, change: MeterChange): Promise<MeterDetail> {
  return data(api.PATCH('/api/v1/data/meters/{meter_id}', { params: { path: { meter_id: meterId } }, body: change }))
}

export function useAssignments(meterId: string) {
  return useQuery({
    queryKey: ['assignments', meterId],
    queryFn: ({ signal }) => data(api.GET('/api/v1/data/meters/{meter_id}/assignments', { params: { path: { meter_id: meterId } }, signal })),
  })
}

export function assignMeter(meterId: string, wanted: components['schemas']['AssignmentGiven'][]): Promise<unknown> {
  return data(api.PUT('/api/v1/data/meters/{meter_id}/assignments', { params: { path: { meter_id: meterId } }, body: wanted }))
}

export function takeBack(batchId: number): Promise<unknown> {
  return data(api.POST('/api/v1/data/imports/{batch_id}/take-back', { params: { path: { batch_id: batchId } } }))
}

export function deleteMeter(meterId: string): Promise<unknown> {
  return data(api.DELETE('/api/v1/data/meters/{meter_id}', { params: { path: { meter_id: meterId } } }))
}

/** Whatever new rows may have changed. */
export function renew(queries: QueryClient): void {
  for (const key of ['feeds', 'sim', 'meters', 'meter', 'assignments', 'imports', 'import', 'load', 'figures', 'prices']) void queries.invalidateQueries({ queryKey: [key] })
}
