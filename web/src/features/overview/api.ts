/** Calls of the Übersicht: a day's figures and curves of one or several meters, the newest answers, and the simulator's start. */

import { keepPreviousData, useQueries, useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import type { Meter, SuggestedPassage } from '@/api/types'
import { api, data } from '@/lib/http'
import { isoBounds, useFigures, type Bounds, type Terms } from '@/series'
import { curveOf, dayOf, type Curve, type DayFigures } from './day'

/** A value of several answers: there once all are. */
export interface Joined<T> {
  value: T | undefined
  error: unknown
  retry: () => void
}

/** Past days change seldom: late readings and repairs come into sight after some minutes. */
const SELDOM = 5 * 60_000

/** The figures of a day, of several meters those of their sum, with what was to be expected. */
export function useDay(meters: Meter[], day: Bounds, terms: Terms): Joined<DayFigures> {
  const found = useFigures(meters.map(({ meter_id }) => meter_id), day, terms, { expected: true })
  const value = useMemo(() => (found.data ? dayOf(found.data) : undefined), [found.data])
  return { value, error: found.error, retry: () => void found.refetch() }
}

/** Load curves; those of today share their key with the live stream, which says when they are stale. */
export function useCurve(meters: Meter[], day: Bounds, live: boolean): Joined<Curve> {
  const found = useQueries({
    queries: meters.map(({ meter_id }) => ({
      queryKey: [live ? 'load' : 'day-load', meter_id, day.from, day.to],
      queryFn: ({ signal }: { signal: AbortSignal }) => data(api.GET('/api/v1/data/smartmeter', { params: { query: { meter_id, ...isoBounds(day) } }, signal })),
      staleTime: live ? 30_000 : SELDOM,
      placeholderData: keepPreviousData,
    })),
  })
  const series = found.map((one) => one.data)
  const stamp = found.map((one) => one.dataUpdatedAt).join() + series.map((one) => one?.meter_id).join()
  // oxlint-disable-next-line react-hooks/exhaustive-deps -- the stamp changes whenever one of the curves does
  const curve = useMemo(() => (series.every((one) => one !== undefined) ? curveOf(series) : undefined), [stamp])
  return gathered(found, curve)
}

function gathered<T>(found: { error: unknown; refetch: () => unknown }[], value: T | undefined): Joined<T> {
  return {
    value,
    error: found.find((one) => one.error)?.error ?? null,
    retry: () => {
      for (const one of found) if (one.error) void one.refetch()
    },
  }
}

export function useLatestAnswers() {
  return useQuery({
    queryKey: ['answers', 'latest'],
    queryFn: ({ signal }) => data(api.GET('/api/v1/rag/answers', { params: { query: { limit: 3 } }, signal })),
    staleTime: 30_000,
  })
}

/** Passages that somebody may like; every list is drawn anew, so one is kept for a while. */
export function useForYou(user: string | null) {
  return useQuery({
    queryKey: ['for-you', user],
    queryFn: ({ signal }) => data(api.POST('/api/v1/recommend', { body: { top_k: 5 }, signal })),
    enabled: user !== null,
    staleTime: 30 * 60_000,
    refetchOnWindowFocus: false,
  })
}

/** Notes that a recommended passage was opened, from which list and place; it never disturbs the reader when it fails. */
export function noteOpened(user: string, passage: SuggestedPassage, listId: string, position: number): void {
  const event = { user_id: user, type: 'click' as const, item_id: passage.payload.item_id, chunk_id: passage.chunk_id, meta: { list_id: listId, position } }
  data(api.POST('/api/v1/events', { body: event })).catch(() => undefined)
}

/** Ten simulated meters with what they used in the last weeks. */
export function startSamples(): Promise<unknown> {
  return data(api.POST('/api/v1/sim/run', { body: { action: 'start', meters: 10, days: 21 } }))
}
