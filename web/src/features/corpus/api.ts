/** Calls of the Korpus page: the list, one item, and what can be done to them. */

import { keepPreviousData, useQuery } from '@tanstack/react-query'
import type { BulkOutcome, BulkRequest, Ingested, ItemChange, ItemKind } from '@/api/types'
import { api, data } from '@/lib/http'
import { isPending } from '@/lib/words'
import { usePolling } from '@/live/live'
import { PAGE_SIZE, type CorpusSearch } from './search'

function queryOf(search: CorpusSearch) {
  return {
    query: search.suche,
    tag: search.tag,
    kind: search.art,
    status: search.status,
    sort: search.sort ?? 'created_at',
    order: search.order ?? 'desc',
    limit: PAGE_SIZE,
    offset: ((search.seite ?? 1) - 1) * PAGE_SIZE,
  }
}

export function useItems(search: CorpusSearch, admin: boolean) {
  const polling = usePolling(4000)
  return useQuery({
    queryKey: ['items', admin, search.suche, search.tag, search.art, search.status, search.sort, search.order, search.seite],
    queryFn: ({ signal }) => data(api.GET(admin ? '/api/v1/admin/items' : '/api/v1/items', { params: { query: queryOf(search) }, signal })),
    placeholderData: keepPreviousData,
    refetchInterval: (query) => (query.state.data?.items.some((item) => isPending(item.status)) ? polling || 5000 : false),
  })
}

export function useItem(itemId: string, admin: boolean) {
  return useQuery({ queryKey: ['item', itemId], queryFn: ({ signal }) => data(api.GET(admin ? '/api/v1/admin/items/{item_id}' : '/api/v1/items/{item_id}', { params: { path: { item_id: itemId } }, signal })) })
}

export const CHUNK_PAGE = 20

export function useChunks(itemId: string, version: number, page: number) {
  return useQuery({
    queryKey: ['item', itemId, 'chunks', version, page],
    queryFn: ({ signal }) =>
      data(
        api.GET('/api/v1/admin/items/{item_id}/chunks', {
          params: { path: { item_id: itemId }, query: { version, limit: CHUNK_PAGE, offset: page * CHUNK_PAGE } },
          signal,
        }),
      ),
    placeholderData: keepPreviousData,
  })
}

export function bulk(action: BulkRequest['action'], itemIds: string[], tag?: string): Promise<BulkOutcome> {
  return data(api.POST('/api/v1/admin/items/bulk', { body: { action, item_ids: itemIds, tag } }))
}

export function changeItem(itemId: string, change: ItemChange): Promise<unknown> {
  return data(api.PATCH('/api/v1/admin/items/{item_id}', { params: { path: { item_id: itemId } }, body: change }))
}

export function deleteItem(itemId: string): Promise<unknown> {
  return data(api.DELETE('/api/v1/items/{item_id}', { params: { path: { item_id: itemId } } }))
}

export function reindex(itemIds: string[]): Promise<{ job_id: string }> {
  return data(api.POST('/api/v1/admin/reindex', { body: { item_ids: itemIds } }))
}

export function ingestUrl(url: string, kind: ItemKind, tags: string[]): Promise<Ingested> {
  return data(api.POST('/api/v1/ingest/url', { body: { url, kind, tags, wait: 0 } }))
}
