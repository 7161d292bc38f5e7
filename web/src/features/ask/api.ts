/** Calls of the Fragen page: starters, history, feedback and what was read. */

import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import type { AnswerList, Feedback } from '@/api/types'
import { api, data } from '@/lib/http'

export function useStarters() {
  return useQuery({ queryKey: ['starters'], queryFn: ({ signal }) => data(api.GET('/api/v1/rag/starters', { signal })), staleTime: 60_000 })
}

export function useFacets() {
  return useQuery({ queryKey: ['facets'], queryFn: ({ signal }) => data(api.GET('/api/v1/items', { params: { query: { limit: 1 } }, signal })), staleTime: 60_000 })
}

export function useHistory(enabled: boolean) {
  return useInfiniteQuery({
    queryKey: ['answers'],
    queryFn: ({ pageParam, signal }) => data(api.GET('/api/v1/rag/answers', { params: { query: { limit: 30, before: pageParam } }, signal })),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page: AnswerList) => page.next_before ?? undefined,
    enabled,
  })
}

export function useStoredAnswer(id: string | undefined) {
  return useQuery({ queryKey: ['answer', id], queryFn: ({ signal }) => data(api.GET('/api/v1/rag/answers/{answer_id}', { params: { path: { answer_id: id ?? '' } }, signal })), enabled: id !== undefined, staleTime: Infinity })
}

/** The same query on what is stored now; it changes nothing. */
export function useRecomputed(factId: string) {
  return useQuery({
    queryKey: ['fact', factId, 'again'],
    queryFn: ({ signal }) => data(api.POST('/api/v1/data/facts/{fact_id}/recompute', { params: { path: { fact_id: factId } }, signal })),
    gcTime: 0,
    retry: false,
  })
}

export function deleteAnswer(id: string): Promise<unknown> {
  return data(api.DELETE('/api/v1/rag/answers/{answer_id}', { params: { path: { answer_id: id } } }))
}

export function sendFeedback(feedback: Feedback): Promise<unknown> {
  return data(api.POST('/api/v1/feedback/rag', { body: feedback }))
}

/** Notes that a source was read; it never disturbs the reader when it fails. */
export function noteReading(user: string | null, itemId: string, chunkId: string | null, dwellMs: number): void {
  if (!user) return
  const event = { user_id: user, type: 'view' as const, item_id: itemId, chunk_id: chunkId, dwell_ms: Math.round(dwellMs), meta: { place: 'source' } }
  data(api.POST('/api/v1/events', { body: event })).catch(() => undefined)
}
