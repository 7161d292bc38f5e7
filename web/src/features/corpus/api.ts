/** Calls of the Korpus page: the list, one item, and what can be done to them. */

import { keepPreviousData, useQuery } from '@tanstack/react-query'
import type { ChunkRow, Ingested, ItemDetail, ItemList } from '@/api/types'
import { del, get, post, request } from '@/lib/http'
import { isPending } from '@/lib/words'
import { usePolling } from '@/live/live'
import { PAGE_SIZE, type CorpusSearch } from './search'

export function useItems(search: CorpusSearch, admin: boolean) {
  const polling = usePolling(4000)
  return useQuery({
    queryKey: ['items', admin, search.suche, search.tag, search.art, search.status, search.sort, search.order, search.seite],
    queryFn: ({ signal }) =>
      get<ItemList>(
        admin ? '/admin/items' : '/items',
        {
          query: search.suche,
          tag: search.tag,
          kind: search.art,
          status: search.status,
          sort: search.sort ?? 'created_at',
          order: search.order ?? 'desc',
          limit: PAGE_SIZE,
          offset: ((search.seite ?? 1) - 1) * PAGE_SIZE,
        },
        signal,
      ),
    placeholderData: keepPreviousData,
    refetchInterval: (query) => (query.state.data?.items.some((item) => isPending(item.status)) ? polling || 5000 : false),
  })
}

export function useItem(itemId: string, admin: boolean) {
  return useQuery({ queryKey: ['item', itemId], queryFn: ({ signal }) => get<ItemDetail>(`${admin ? '/admin' : ''}/items/${itemId}`, {}, signal) })
}

export const CHUNK_PAGE = 20

export function useChunks(itemId: string, version: number | null, page: number) {
  return useQuery({
    queryKey: ['item', itemId, 'chunks', version, page],
    queryFn: ({ signal }) => get<{ chunks: ChunkRow[]; total: number }>(`/admin/items/${itemId}/chunks`, { version, limit: CHUNK_PAGE, offset: page * CHUNK_PAGE }, signal),
    placeholderData: keepPreviousData,
  })
}

export interface BulkOutcome {
  done: number
  failed: { item_id: string; message: string }[]
  job_id?: string | null
}

export function bulk(action: 'delete' | 'tag' | 'untag' | 'reindex', itemIds: string[], tag?: string): Promise<BulkOutcome> {
  return post<BulkOutcome>('/admin/items/bulk', { action, item_ids: itemIds, ...(tag ? { tag } : {}) })
}

export function changeItem(itemId: string, change: { title?: string; tags?: string[]; kind?: string }): Promise<unknown> {
  return request('PATCH', `/admin/items/${itemId}`, { body: change })
}

export function deleteItem(itemId: string, admin: boolean): Promise<unknown> {
  return del(admin ? `/admin/items/${itemId}` : `/items/${itemId}`)
}

export function reindex(itemIds: string[]): Promise<{ job_id: string }> {
  return post('/admin/reindex', { item_ids: itemIds })
}

export function ingestUrl(url: string, kind: string, tags: string[]): Promise<Ingested> {
  return post<Ingested>('/ingest/url', { url, kind, tags, wait: 0 })
}
