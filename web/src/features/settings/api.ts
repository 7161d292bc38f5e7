/** Calls of the Einstellungen page: tokens, settings, vocabulary, audit. */

import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import type { NewToken, Vocabulary } from '@/api/types'
import { api, data } from '@/lib/http'

export function useTokens() {
  return useQuery({ queryKey: ['tokens'], queryFn: ({ signal }) => data(api.GET('/api/v1/admin/keys', { signal })) })
}

export function createToken(user: string, label: string, days: number): Promise<NewToken> {
  return data(api.POST('/api/v1/admin/keys', { body: { user, label, days } }))
}

export function revokeToken(tokenId: string): Promise<unknown> {
  return data(api.DELETE('/api/v1/admin/keys/{token_id}', { params: { path: { token_id: tokenId } } }))
}

export function useSettings() {
  return useQuery({ queryKey: ['settings'], queryFn: ({ signal }) => data(api.GET('/api/v1/admin/settings', { signal })) })
}

export function useVocabulary() {
  return useQuery({ queryKey: ['vocabulary'], queryFn: ({ signal }) => data(api.GET('/api/v1/admin/vocabulary', { signal })), refetchOnWindowFocus: false })
}

export function saveVocabulary(text: string): Promise<Vocabulary> {
  return data(api.PUT('/api/v1/admin/vocabulary', { body: { text } }))
}

const AUDIT_PAGE = 50

export function useAudit() {
  return useInfiniteQuery({
    queryKey: ['audit'],
    queryFn: ({ pageParam, signal }) => data(api.GET('/api/v1/admin/audit', { params: { query: { limit: AUDIT_PAGE, before: pageParam } }, signal })),
    initialPageParam: undefined as number | undefined,
    getNextPageParam: (page) => (page.entries.length === AUDIT_PAGE ? page.entries.at(-1)?.seq : undefined),
  })
}
