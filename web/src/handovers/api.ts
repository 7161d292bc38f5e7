/** What people hand to each other: making, listing and moving it. */

import { keepPreviousData, useQuery, useQueryClient } from '@tanstack/react-query'
import type { Handover, HandoverBox, HandoverMove, HandoverState, NewHandover } from '@/api/types'
import { api, data } from '@/lib/http'

export const HANDOVERS_A_PAGE = 25
const EVERY_MS = 60_000

export interface HandoverFilter {
  box: HandoverBox
  state?: HandoverState[]
  page?: number
  limit?: number
}

export function useHandovers({ box, state = [], page = 0, limit = HANDOVERS_A_PAGE }: HandoverFilter) {
  const query = { box, state, limit, offset: page * limit }
  return useQuery({
    queryKey: ['handovers', query],
    queryFn: ({ signal }) => data(api.GET('/api/v1/handovers', { params: { query }, signal })),
    refetchInterval: EVERY_MS,
    placeholderData: keepPreviousData,
  })
}

export function useHandover(id: string | undefined) {
  return useQuery({
    queryKey: ['handover', id],
    queryFn: ({ signal }) => data(api.GET('/api/v1/handovers/{handover_id}', { params: { path: { handover_id: id ?? '' } }, signal })),
    enabled: id !== undefined,
  })
}

export async function handOver(body: NewHandover): Promise<string> {
  return (await data(api.POST('/api/v1/handovers', { body }))).handover_id
}

export function moveHandover(id: string, state: HandoverMove): Promise<Handover> {
  return data(api.PATCH('/api/v1/handovers/{handover_id}', { params: { path: { handover_id: id } }, body: { state } }))
}

export function useRenewHandovers(): () => Promise<void> {
  const queries = useQueryClient()
  return async () => {
    await Promise.all(['handovers', 'handover'].map((key) => queries.invalidateQueries({ queryKey: [key] })))
  }
}
