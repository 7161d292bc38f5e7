/** Where somebody may want to go, as engines tell; nothing where none does. */

import { useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import type { Session } from '@/api/types'
import { api, data } from '@/lib/http'
import { pagesOf, type NavEntry } from './nav'
import { visits } from './visits'

const NONE = { tiles: [], next: [], page: null }

interface Wanted {
  question?: string
  enabled?: boolean
}

/** Pages that this person may open: start tiles, what likely comes next, and the page that a question is about. */
export function usePlaces(session: Session, { question, enabled = true }: Wanted = {}) {
  const seen = visits()
  const found = useQuery({
    queryKey: ['places', session.role, question ?? '', seen.length, seen.at(-1)?.route ?? ''],
    queryFn: ({ signal }) => data(api.POST('/api/v1/navigation', { body: { visits: seen, ...(question ? { question } : {}) }, signal })),
    enabled,
    staleTime: 60_000,
    retry: false,
  })
  const told = found.data ?? NONE
  return useMemo(() => {
    const pages = pagesOf(session)
    const shown = (routes: readonly string[]): NavEntry[] => routes.flatMap((route) => pages.filter(({ to }) => to === route))
    return { tiles: shown(told.tiles), next: shown(told.next), page: shown(told.page ? [told.page.route] : []).at(0) }
  }, [session, told])
}
