/** A place in a document's version in; its text, its page's picture and marks out. */

import { useQuery } from '@tanstack/react-query'
import type { SourceText } from '@/api/types'
import { api, data, path } from '@/lib/http'

export interface Place {
  itemId: string
  version: number
  title: string
  start: number
  end: number
  page: number | null
  section: string
  score: number | null
  chunkId: string | null
}

/** How far around a passage the first look reaches, in characters. */
const AROUND = 4000
const LONGEST = 20_000

export interface Span {
  start: number
  end: number
}

export function windowAround(span: Span): Span {
  const start = Math.max(0, span.start - AROUND)
  return { start, end: Math.min(span.end + AROUND, start + LONGEST) }
}

const base = (itemId: string, version: number): string => `/items/${itemId}/versions/${version}`

export function useSourceText(itemId: string, version: number, span: Span) {
  return useQuery({
    queryKey: ['source', itemId, version, span.start, span.end],
    queryFn: ({ signal }) => data(api.GET('/api/v1/items/{item_id}/versions/{version}/text', { params: { path: { item_id: itemId, version }, query: { ...span } }, signal })),
    staleTime: Infinity,
    placeholderData: (old) => (old?.item_id === itemId && old.version === version ? old : undefined),
  })
}

export function useMarks(itemId: string, version: number, page: number | null, span: Span) {
  return useQuery({
    queryKey: ['marks', itemId, version, page, span.start, span.end],
    queryFn: ({ signal }) =>
      data(
        api.GET('/api/v1/items/{item_id}/versions/{version}/pages/{number}/marks', {
          params: { path: { item_id: itemId, version, number: page ?? 1 }, query: { ...span } },
          signal,
        }),
      ),
    enabled: page !== null,
    staleTime: Infinity,
    retry: false,
  })
}

export function pageImage(itemId: string, version: number, page: number): string {
  return path(`${base(itemId, version)}/pages/${page}.png`)
}

export function originalFile(itemId: string, version: number): string {
  return path(`${base(itemId, version)}/file`)
}

/** The page that holds a character. */
export function pageOf(pages: SourceText['pages'], position: number): number | null {
  return pages.find((page) => position >= page.start && position < Math.max(page.end, page.start + 1))?.number ?? null
}
