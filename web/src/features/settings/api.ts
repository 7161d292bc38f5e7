/** Calls of the Einstellungen page: tokens, settings, vocabulary. */

import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { freshly } from '@/account'
import type { NewToken, Vocabulary } from '@/api/types'
import { api, data } from '@/lib/http'
import type { TokenRole } from './roles'

export function useTokens() {
  return useQuery({ queryKey: ['tokens'], queryFn: ({ signal }) => data(api.GET('/api/v1/admin/keys', { signal })) })
}

/** Without a role a person stays what they are. */
export function createToken(user: string, label: string, days: number, role: TokenRole | null): Promise<NewToken> {
  return freshly(() => data(api.POST('/api/v1/admin/keys', { body: { user, label, days, role } })))
}

export function revokeToken(tokenId: string): Promise<unknown> {
  return data(api.DELETE('/api/v1/admin/keys/{token_id}', { params: { path: { token_id: tokenId } } }))
}

export const PEOPLE_A_PAGE = 50

/** What people keep and may keep, those with the most first. */
export function usePeoplesUsage(page: number) {
  return useQuery({
    queryKey: ['quotas', page],
    queryFn: ({ signal }) => data(api.GET('/api/v1/admin/quotas', { params: { query: { limit: PEOPLE_A_PAGE, offset: page * PEOPLE_A_PAGE } }, signal })),
    placeholderData: keepPreviousData,
  })
}

export function useSettings() {
  return useQuery({ queryKey: ['settings'], queryFn: ({ signal }) => data(api.GET('/api/v1/admin/settings', { signal })) })
}

export function useVocabulary() {
  return useQuery({ queryKey: ['vocabulary'], queryFn: ({ signal }) => data(api.GET('/api/v1/admin/vocabulary', { signal })), refetchOnWindowFocus: false })
}

/** `version` is the one that was edited; whoever saved meanwhile is not overwritten (409). */
export function saveVocabulary(text: string, version: string): Promise<Vocabulary> {
  return data(api.PUT('/api/v1/admin/vocabulary', { body: { text, version } }))
}

