/** Calls of the Fragen page: starters, history, feedback and what was read. */

import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import type { Answer, AnswerSummary, ItemList } from '@/api/types'
import { del, get, post } from '@/lib/http'

export function useStarters() {
  return useQuery({ queryKey: ['starters'], queryFn: ({ signal }) => get<{ questions: string[] }>('/rag/starters', {}, signal), staleTime: 60_000 })
}

export function useFacets() {
  return useQuery({ queryKey: ['facets'], queryFn: ({ signal }) => get<ItemList>('/items', { limit: 1 }, signal), staleTime: 60_000 })
}

interface HistoryPage {
  answers: AnswerSummary[]
  next_before: string | null
}

export function useHistory(enabled: boolean) {
  return useInfiniteQuery({
    queryKey: ['answers'],
    queryFn: ({ pageParam, signal }) => get<HistoryPage>('/rag/answers', { limit: 30, before: pageParam }, signal),
    initialPageParam: '',
    getNextPageParam: (page) => page.next_before ?? undefined,
    enabled,
  })
}

export function useStoredAnswer(id: string | undefined) {
  return useQuery({ queryKey: ['answer', id], queryFn: ({ signal }) => get<Answer>(`/rag/answers/${id}`, {}, signal), enabled: id !== undefined, staleTime: Infinity })
}

export function deleteAnswer(id: string): Promise<unknown> {
  return del(`/rag/answers/${id}`)
}

export type Reason = 'falsch' | 'unvollstaendig' | 'quelle' | 'ton'

export interface Feedback {
  question: string
  answer: string
  useful: boolean
  answer_id?: string
  reason?: Reason
  notes?: string
  chunks_used?: string[]
  dwell_ms?: number
}

export function sendFeedback(feedback: Feedback): Promise<unknown> {
  return post('/feedback/rag', feedback)
}

/** Notes that a source was read; it never disturbs the reader when it fails. */
export function noteReading(user: string | null, itemId: string, chunkId: string | null, dwellMs: number): void {
  if (!user) return
  const event = { user_id: user, type: 'view', item_id: itemId, ...(chunkId ? { chunk_id: chunkId } : {}), dwell_ms: Math.round(dwellMs), meta: { place: 'source' } }
  post('/events', event).catch(() => undefined)
}
