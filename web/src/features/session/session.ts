/** Who is signed in: the session's query and its ways in and out. */

import { useQuery, type QueryClient } from '@tanstack/react-query'
import type { Session } from '@/api/types'
import { api, ApiError, data, setCsrf } from '@/lib/http'
import { forgetChoices } from '@/lib/local'

async function loadSession(): Promise<Session | null> {
  try {
    const session = await data(api.GET('/api/v1/session'))
    setCsrf(session.csrf)
    return session
  } catch (error) {
    if (error instanceof ApiError && error.status === 401) return null
    throw error
  }
}

export function useSession() {
  return useQuery({ queryKey: ['session'], queryFn: loadSession, staleTime: Infinity, refetchOnWindowFocus: true, retry: 1 })
}

export function useSystemInfo() {
  return useQuery({ queryKey: ['info'], queryFn: ({ signal }) => data(api.GET('/api/v1/system/info', { signal })), staleTime: 300_000 })
}

export async function signIn(queries: QueryClient, key: string): Promise<void> {
  const session = await data(api.POST('/api/v1/session', { body: { key } }))
  setCsrf(session.csrf)
  queries.setQueryData(['session'], session)
}

export function useSignOut(): () => Promise<void> {
  return async () => {
    leaving = true
    await data(api.DELETE('/api/v1/session')).catch(() => undefined)
    beginAfresh()
  }
}

let leaving = false

/** A page of nobody: nothing of whoever was here is left in it. Whoever signed out leaves no address either; a session that ended goes on where it was. */
export function beginAfresh(): void {
  if (!leaving) return window.location.reload()
  setCsrf('')
  forgetChoices()
  window.location.replace('/')
}
