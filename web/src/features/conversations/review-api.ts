/** Calls of the editorial queue. */

import { useQuery, useQueryClient } from '@tanstack/react-query'
import type { Curated, Review, ReviewDecision } from '@/api/types'
import { api, data } from '@/lib/http'
import type { DecidedState, ReviewReason } from './search'

const SHOWN = 100

export function useQueue(reason: ReviewReason | undefined) {
  return useQuery({
    queryKey: ['reviews', 'open', reason ?? ''],
    queryFn: ({ signal }) => data(api.GET('/api/v1/admin/reviews', { params: { query: { state: 'open', limit: SHOWN, ...(reason ? { reason } : {}) } }, signal })),
    staleTime: 15_000,
    refetchInterval: 30_000,
    placeholderData: (old) => old,
  })
}

export function useDecided(state: DecidedState, offset: number, limit: number) {
  return useQuery({
    queryKey: ['reviews', state, offset, limit],
    queryFn: ({ signal }) => data(api.GET('/api/v1/admin/reviews', { params: { query: { state, limit, offset } }, signal })),
    placeholderData: (old) => old,
  })
}

export function useReview(reviewId: string | undefined) {
  return useQuery({
    queryKey: ['review', reviewId],
    queryFn: ({ signal }) => data(api.GET('/api/v1/admin/reviews/{review_id}', { params: { path: { review_id: reviewId ?? '' } }, signal })),
    enabled: reviewId !== undefined,
  })
}

export function useRenewReviews(): () => Promise<void> {
  const queries = useQueryClient()
  return async () => {
    await Promise.all([queries.invalidateQueries({ queryKey: ['reviews'] }), queries.invalidateQueries({ queryKey: ['review'] })])
  }
}

export function claim(reviewId: string): Promise<Review> {
  return data(api.POST('/api/v1/admin/reviews/{review_id}/claim', { params: { path: { review_id: reviewId } } }))
}

export function decide(reviewId: string, decision: ReviewDecision): Promise<Review> {
  return data(api.POST('/api/v1/admin/reviews/{review_id}/decision', { params: { path: { review_id: reviewId } }, body: decision }))
}

export function undo(reviewId: string): Promise<Review> {
  return data(api.DELETE('/api/v1/admin/reviews/{review_id}/decision', { params: { path: { review_id: reviewId } } }))
}

export function fillQueue(): Promise<{ job_id: string }> {
  return data(api.POST('/api/v1/admin/reviews/fill'))
}

/** What editors stand for and may be learned from. */
export async function exported(): Promise<{ rows: Curated[]; held_back: number }> {
  return data(api.GET('/api/v1/admin/reviews/export'))
}
