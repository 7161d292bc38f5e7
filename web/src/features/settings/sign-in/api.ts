/** Calls of one's own ways in, sessions and tokens. */

import { useQuery, useQueryClient } from '@tanstack/react-query'
import { makePasskey } from '@/account'
import type { Capability, NewFactor } from '@/api/types'
import { api, ApiError, data } from '@/lib/http'

export function useOwnSessions() {
  return useQuery({ queryKey: ['own-sessions'], queryFn: ({ signal }) => data(api.GET('/api/v1/me/sessions', { signal })) })
}

export function useOwnTokens() {
  return useQuery({ queryKey: ['own-tokens'], queryFn: ({ signal }) => data(api.GET('/api/v1/me/tokens', { signal })) })
}

/** What each capability means, in words. */
export function useCapabilities() {
  return useQuery({ queryKey: ['roles'], queryFn: ({ signal }) => data(api.GET('/api/v1/roles', { signal })), staleTime: Infinity })
}

type Part = 'own-ways' | 'own-sessions' | 'own-tokens'

export function useRenew(...parts: Part[]): () => Promise<void> {
  const queries = useQueryClient()
  return async () => void (await Promise.all(parts.map((part) => queries.invalidateQueries({ queryKey: [part] }))))
}

/** What is wrong with a proof is said in a sentence. */
async function proved<T>(call: Promise<T>): Promise<T> {
  try {
    return await call
  } catch (error) {
    throw error instanceof ApiError && error.status === 401 ? new Error(error.message) : error
  }
}

export function changePassword(old: string, password: string): Promise<unknown> {
  return proved(data(api.PUT('/api/v1/me/account/password', { body: { old, new: password } })))
}

export async function addPasskey(name: string): Promise<void> {
  const { step, options } = await data(api.POST('/api/v1/me/account/passkeys/options'))
  const credential = await makePasskey(options)
  await proved(data(api.POST('/api/v1/me/account/passkeys', { body: { step, credential, name } })))
}

export function deletePasskey(passkeyId: string): Promise<unknown> {
  return data(api.DELETE('/api/v1/me/account/passkeys/{passkey_id}', { params: { path: { passkey_id: passkeyId } } }))
}

export function beginFactor(): Promise<NewFactor> {
  return data(api.POST('/api/v1/me/account/factor'))
}

export async function takeFactor(step: string, code: string): Promise<string[]> {
  return (await proved(data(api.PUT('/api/v1/me/account/factor', { body: { step, code } })))).codes
}

export function dropFactor(): Promise<unknown> {
  return data(api.DELETE('/api/v1/me/account/factor'))
}

export async function renewCodes(): Promise<string[]> {
  return (await data(api.POST('/api/v1/me/account/codes'))).codes
}

export function endSession(sessionId: string): Promise<unknown> {
  return data(api.DELETE('/api/v1/me/sessions/{session_id}', { params: { path: { session_id: sessionId } } }))
}

export async function endOtherSessions(): Promise<number> {
  return (await data(api.DELETE('/api/v1/me/sessions'))).ended
}

export async function issueToken(label: string, scopes: Capability[], days: number): Promise<string> {
  return (await data(api.POST('/api/v1/me/tokens', { body: { label, scopes, days } }))).token
}

export function revokeOwnToken(tokenId: string): Promise<unknown> {
  return data(api.DELETE('/api/v1/me/tokens/{token_id}', { params: { path: { token_id: tokenId } } }))
}
