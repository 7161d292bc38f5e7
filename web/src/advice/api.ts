/** Calls for recommendations and schedules, as the pages share them. */

import { useQuery, useQueryClient } from '@tanstack/react-query'
import type { Recommendation, RecommendationList, RecommendationState } from '@/api/types'
import { api, data } from '@/lib/http'

export type Decision = 'uebernehmen' | 'spaeter' | 'passt_nicht'

export interface AdviceFilter {
  state: RecommendationState[]
  meterId?: string | undefined
  limit?: number
}

/** Recommendations in the given states, the most EUR first. */
export function useAdvice({ state, meterId, limit = 3 }: AdviceFilter) {
  return useQuery({
    queryKey: ['advice', state.join(), meterId ?? '', limit],
    queryFn: ({ signal }) => data(api.GET('/api/v1/recommendations', { params: { query: { state, limit, ...(meterId ? { meter_id: meterId } : {}) } }, signal })),
    staleTime: 30_000,
    refetchInterval: 60_000,
  })
}

export function decide(id: string, decision: Decision, reason = ''): Promise<Recommendation> {
  return data(api.POST('/api/v1/recommendations/{recommendation_id}/decision', { params: { path: { recommendation_id: id } }, body: { decision, reason } }))
}

export function undoDecision(id: string): Promise<Recommendation> {
  return data(api.DELETE('/api/v1/recommendations/{recommendation_id}/decision', { params: { path: { recommendation_id: id } } }))
}

/** Asks for all lists of recommendations anew. */
export function useRenewAdvice(): () => Promise<void> {
  const queries = useQueryClient()
  return () => queries.invalidateQueries({ queryKey: ['advice'] })
}

export type { RecommendationList }
