/** Calls of coming in: what ways there are, and each of them. */

import { useQuery, type QueryClient } from '@tanstack/react-query'
import type { Session } from '@/api/types'
import { api, ApiError, data, setCsrf } from '@/lib/http'
import { askForPasskey } from './passkey'

export function useWaysIn() {
  return useQuery({ queryKey: ['ways-in'], queryFn: ({ signal }) => data(api.GET('/api/v1/sign-in', { signal })), staleTime: 300_000, retry: 1 })
}

/** Somebody is in, or a code has to follow. */
export interface Entered {
  session?: Session | null
  step?: string | null
}

/** What is wrong with a proof is said in a sentence; there is nothing to look up about it. */
async function proved<T>(call: Promise<T>): Promise<T> {
  try {
    return await call
  } catch (error) {
    throw error instanceof ApiError && error.status === 401 ? new Error(error.message) : error
  }
}

export function enterByPassword(user: string, password: string): Promise<Entered> {
  return proved(data(api.POST('/api/v1/sign-in/password', { body: { user, password } })))
}

export function enterByCode(step: string, code: string): Promise<Entered> {
  return proved(data(api.POST('/api/v1/sign-in/code', { body: { step, code } })))
}

export async function enterByPasskey(): Promise<Entered> {
  const { step, options } = await data(api.POST('/api/v1/sign-in/passkey/options'))
  const credential = await askForPasskey(options)
  return proved(data(api.POST('/api/v1/sign-in/passkey', { body: { step, credential } })))
}

/** From here on the page is somebody's. */
export function takeSession(queries: QueryClient, session: Session): void {
  setCsrf(session.csrf)
  queries.setQueryData(['session'], session)
}
