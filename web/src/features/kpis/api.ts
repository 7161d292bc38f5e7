/** Calls for measured quality. */

import { useQuery, useQueryClient } from '@tanstack/react-query'
import { api, data } from '@/lib/http'

export function useFigures(days: number) {
  return useQuery({
    queryKey: ['kpis', days],
    queryFn: ({ signal }) => data(api.GET('/api/v1/admin/kpis', { params: { query: { days } }, signal })),
    staleTime: 60_000,
    refetchInterval: 300_000,
  })
}

export function useFigure(name: string | undefined, days: number, segment: string | undefined) {
  return useQuery({
    queryKey: ['kpi', name, days, segment ?? ''],
    queryFn: ({ signal }) => data(api.GET('/api/v1/admin/kpis/{kpi}', { params: { path: { kpi: name ?? '' }, query: { days, ...(segment ? { segment } : {}) } }, signal })),
    enabled: name !== undefined,
    placeholderData: (old) => (old?.name === name ? old : undefined),
  })
}

export function measureNow(): Promise<{ job_id: string }> {
  return data(api.POST('/api/v1/admin/kpis/measure', { body: {} }))
}

export function useRenewFigures(): () => Promise<void> {
  const queries = useQueryClient()
  return async () => {
    await Promise.all([queries.invalidateQueries({ queryKey: ['kpis'] }), queries.invalidateQueries({ queryKey: ['kpi'] })])
  }
}
