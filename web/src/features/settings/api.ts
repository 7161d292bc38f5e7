/** Calls of the Einstellungen page: tokens, settings, vocabulary, audit. */

import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import type { AccessToken, AuditEntry, Setting } from '@/api/types'
import { del, get, post, request } from '@/lib/http'

export function useTokens() {
  return useQuery({ queryKey: ['tokens'], queryFn: ({ signal }) => get<{ tokens: AccessToken[] }>('/admin/keys', {}, signal) })
}

export interface NewToken {
  token: string
  token_id: string
  expires_at: string
}

export function createToken(user: string, label: string, days: number): Promise<NewToken> {
  return post<NewToken>('/admin/keys', { user, label, days })
}

export function revokeToken(tokenId: string): Promise<unknown> {
  return del(`/admin/keys/${tokenId}`)
}

export function useSettings() {
  return useQuery({ queryKey: ['settings'], queryFn: ({ signal }) => get<{ settings: Setting[] }>('/admin/settings', {}, signal) })
}

export interface Vocabulary {
  entries: number
  path: string
  text: string
}

export function useVocabulary() {
  return useQuery({ queryKey: ['vocabulary'], queryFn: ({ signal }) => get<Vocabulary>('/admin/vocabulary', {}, signal), refetchOnWindowFocus: false })
}

export function saveVocabulary(text: string): Promise<Vocabulary> {
  return request<Vocabulary>('PUT', '/admin/vocabulary', { body: { text } })
}

const AUDIT_PAGE = 50

export function useAudit() {
  return useInfiniteQuery({
    queryKey: ['audit'],
    queryFn: ({ pageParam, signal }) => get<{ entries: AuditEntry[] }>('/admin/audit', { limit: AUDIT_PAGE, before: pageParam }, signal),
    initialPageParam: null as number | null,
    getNextPageParam: (page) => (page.entries.length === AUDIT_PAGE ? page.entries.at(-1)?.seq : undefined),
  })
}
