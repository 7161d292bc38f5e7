/** Calls for conversations. */

import { useQuery } from '@tanstack/react-query'
import type { Tone } from '@/api/types'
import { api, data } from '@/lib/http'

const PAGE = 50

export interface TalkFilter {
  source?: string | undefined
  purpose?: 'analytics' | 'training' | undefined
  page: number
}

export function useTalks({ source, purpose, page }: TalkFilter) {
  return useQuery({
    queryKey: ['talks', source ?? '', purpose ?? '', page],
    queryFn: ({ signal }) => data(api.GET('/api/v1/admin/conversations', { params: { query: { limit: PAGE, offset: page * PAGE, ...(source ? { source } : {}), ...(purpose ? { purpose } : {}) } }, signal })),
    placeholderData: (old) => old,
    refetchInterval: 60_000,
  })
}

export function pagesOf(total: number): number {
  return Math.max(1, Math.ceil(total / PAGE))
}

export function useTalk(conversationId: string | undefined) {
  return useQuery({
    queryKey: ['talk', conversationId],
    queryFn: ({ signal }) => data(api.GET('/api/v1/admin/conversations/{conversation_id}', { params: { path: { conversation_id: conversationId ?? '' } }, signal })),
    enabled: conversationId !== undefined,
  })
}

export function useFound(query: string | undefined) {
  return useQuery({
    queryKey: ['talks', 'search', query],
    queryFn: ({ signal }) => data(api.GET('/api/v1/admin/conversations/search', { params: { query: { query: query ?? '', limit: 30 } }, signal })),
    enabled: query !== undefined,
  })
}

export function sayTone(conversationId: string, seq: number, label: Tone): Promise<unknown> {
  return data(api.PUT('/api/v1/admin/conversations/{conversation_id}/turns/{seq}/sentiment', { params: { path: { conversation_id: conversationId, seq } }, body: { label } }))
}
