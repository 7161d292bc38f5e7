/** The stream of new values: the newest readings go into the query cache, and what they change is asked for anew at most once in ten seconds. */

import type { QueryClient } from '@tanstack/react-query'
import { useQueryClient } from '@tanstack/react-query'
import { useEffect } from 'react'
import type { Feed, Meter } from '@/api/types'
import { path } from '@/lib/http'
import { createStore, useStore } from '@/lib/store'

export interface Newest {
  meter_id: string
  ts: number
  consumption_kw: number | null
  production_kw: number | null
  quality: string
}

const newest = createStore<ReadonlyMap<string, Newest>>(new Map())
const connected = createStore(false)
const REST_MS = 10_000
const RETRY_MS = 15_000

/** The newest reading of each meter that the stream has told of. */
export function useNewest(): ReadonlyMap<string, Newest> {
  return useStore(newest)
}

export function useDataLive(): boolean {
  return useStore(connected)
}

export function takeReadings(queries: QueryClient, rows: Newest[]): void {
  newest.set((old) => new Map([...old, ...rows.map((row) => [row.meter_id, row] as const)]))
  const fresh = new Map(rows.map((row) => [row.meter_id, row]))
  queries.setQueriesData<{ meters: Meter[]; total: number }>({ queryKey: ['meters'] }, (old) =>
    old ? { ...old, meters: old.meters.map((meter) => (fresh.has(meter.meter_id) ? { ...meter, last: fresh.get(meter.meter_id) ?? meter.last } : meter)) } : old,
  )
}

export function takeFeed(queries: QueryClient, row: Pick<Feed, 'name' | 'enabled' | 'rows' | 'last_at' | 'last_error'>): void {
  queries.setQueryData<{ feeds: Feed[] }>(['feeds'], (old) => (old ? { feeds: old.feeds.map((feed) => (feed.name === row.name ? { ...feed, ...row } : feed)) } : old))
  if (row.name === 'simulator') void queries.invalidateQueries({ queryKey: ['sim'] })
}

function parsed<T>(event: Event): T | null {
  try {
    return JSON.parse((event as MessageEvent<string>).data) as T
  } catch {
    return null
  }
}

/** Follows the stream while a page with data is open and can be seen. */
export function useDataStream(): void {
  const queries = useQueryClient()
  useEffect(() => {
    let source: EventSource | null = null
    let retry: ReturnType<typeof setTimeout> | undefined
    let due: ReturnType<typeof setTimeout> | undefined
    const stale = new Set<string>()
    const renew = (...keys: string[]): void => {
      for (const key of keys) stale.add(key)
      due ??= setTimeout(() => {
        due = undefined
        for (const key of stale) void queries.invalidateQueries({ queryKey: [key] })
        stale.clear()
      }, REST_MS)
    }
    const close = (): void => {
      clearTimeout(retry)
      source?.close()
      source = null
      connected.set(() => false)
    }
    const open = (): void => {
      close()
      source = new EventSource(path('/data/live'), { withCredentials: true })
      source.addEventListener('open', () => connected.set(() => true))
      source.addEventListener('readings', (event) => {
        const rows = parsed<{ readings: Newest[] }>(event)?.readings
        if (!rows) return
        takeReadings(queries, rows)
        renew('load', 'figures')
      })
      source.addEventListener('prices', () => renew('prices', 'forecast'))
      source.addEventListener('feed', (event) => {
        const row = parsed<Feed>(event)
        if (row) takeFeed(queries, row)
      })
      source.addEventListener('error', () => {
        close()
        retry = setTimeout(open, RETRY_MS)
      })
    }
    const follow = (): void => (document.visibilityState === 'visible' ? open() : close())
    follow()
    document.addEventListener('visibilitychange', follow)
    return () => {
      document.removeEventListener('visibilitychange', follow)
      clearTimeout(due)
      close()
    }
  }, [queries])
}
