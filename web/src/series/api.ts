/** Calls for meters, readings, prices, signals and figures, as the pages of energy share them. */

import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import type { MeterKind } from '@/api/types'
import { api, ApiError, data, path } from '@/lib/http'
import { isoBounds, type Bounds } from './range'

const FRESH = 30_000

/** Seconds since 1970, moving on once a minute. */
export function useNow(): number {
  const [now, setNow] = useState(() => Math.floor(Date.now() / 1000))
  useEffect(() => {
    const timer = setInterval(() => setNow(Math.floor(Date.now() / 1000)), 60_000)
    return () => clearInterval(timer)
  }, [])
  return now
}

export function useMeters(kind?: MeterKind) {
  return useQuery({
    queryKey: ['meters', kind ?? ''],
    queryFn: ({ signal }) => data(api.GET('/api/v1/data/meters', { params: { query: { limit: 200, ...(kind ? { kind } : {}) } }, signal })),
    staleTime: FRESH,
  })
}

export function useMeter(meterId: string | undefined) {
  return useQuery({
    queryKey: ['meter', meterId],
    queryFn: ({ signal }) => data(api.GET('/api/v1/data/meters/{meter_id}', { params: { path: { meter_id: meterId ?? '' } }, signal })),
    enabled: meterId !== undefined,
    staleTime: FRESH,
  })
}

/** A meter's load curve; the old one stays while a new range loads. */
export function useLoad(meterId: string | undefined, range: Bounds, enabled = true) {
  return useQuery({
    queryKey: ['load', meterId, range.from, range.to],
    queryFn: ({ signal }) => data(api.GET('/api/v1/data/smartmeter', { params: { query: { meter_id: meterId ?? '', ...isoBounds(range) } }, signal })),
    enabled: enabled && meterId !== undefined,
    staleTime: FRESH,
    placeholderData: keepPreviousData,
  })
}

export interface Terms {
  fixed_ct_kwh?: number
  surcharge_ct_kwh?: number
  feed_in_ct_kwh?: number
  base_eur_year?: number
  co2_g_kwh?: number
}

/** Figures of a meter, or of the sum of several; `terms` count where a meter has no tariff of its own. */
export function useFigures(meterIds: string[], range: Bounds, terms: Terms = {}, { expected = false, enabled = true } = {}) {
  return useQuery({
    queryKey: ['figures', meterIds, range.from, range.to, terms, expected],
    queryFn: ({ signal }) => data(api.GET('/api/v1/data/figures', { params: { query: { meter_id: meterIds, ...isoBounds(range), ...terms, expected } }, signal })),
    enabled: enabled && meterIds.length > 0,
    staleTime: FRESH,
    placeholderData: keepPreviousData,
  })
}

/** What prices of a range say: now, BASE and PEAK, the cheapest hours of what is left of it. Null where nobody has any. */
export function usePriceFigures(range: Bounds, product: ProductSearch = {}, hours = 3, enabled = true) {
  return useQuery({
    queryKey: ['prices', 'figures', product, range.from, range.to, hours],
    queryFn: async ({ signal }) => {
      try {
        return await data(api.GET('/api/v1/data/prices', { params: { query: { ...isoBounds(range), ...product, hours } }, signal }))
      } catch (error) {
        if (error instanceof ApiError && error.code === 'not_found') return null
        throw error
      }
    },
    enabled,
    staleTime: FRESH,
    refetchInterval: 60_000,
    placeholderData: keepPreviousData,
  })
}

export interface ProductSearch {
  market?: string
  product?: string
  zone?: string
}

export function usePrices(range: Bounds, product: ProductSearch = {}, enabled = true) {
  return useQuery({
    queryKey: ['prices', product, range.from, range.to],
    queryFn: ({ signal }) => data(api.GET('/api/v1/data/market', { params: { query: { ...isoBounds(range), ...product } }, signal })),
    enabled,
    staleTime: FRESH,
    placeholderData: keepPreviousData,
  })
}

/** What markets have prices of, and from when to when; asked anew with the prices themselves. */
export function useProducts() {
  return useQuery({
    queryKey: ['prices', 'products'],
    queryFn: async ({ signal }) => (await data(api.GET('/api/v1/data/products', { signal }))).products,
    staleTime: FRESH,
  })
}

export function useSignal(name: string, range: Bounds, zone?: string, enabled = true) {
  return useQuery({
    queryKey: ['signal', name, zone ?? '', range.from, range.to],
    queryFn: ({ signal }) => data(api.GET('/api/v1/data/signals', { params: { query: { signal: name, ...isoBounds(range), ...(zone ? { zone } : {}) } }, signal })),
    enabled,
    staleTime: FRESH,
    placeholderData: keepPreviousData,
  })
}

interface ForecastSearch {
  meter_id?: string
  market?: string
  zone?: string
}

/** What was forecast of a meter's consumption or a market's price, at most 31 days of it. */
export function useForecast(whose: ForecastSearch, range: Bounds, enabled = true) {
  return useQuery({
    queryKey: ['forecast', whose, range.from, range.to],
    queryFn: ({ signal }) => data(api.GET('/api/v1/data/forecasts', { params: { query: { ...isoBounds(range), ...whose } }, signal })),
    enabled,
    staleTime: FRESH,
    placeholderData: keepPreviousData,
  })
}

/** The address of a file with all readings of a range. */
export function exportAddress(meterId: string, range: Bounds, format: 'csv' | 'csv_de' | 'json' | 'parquet'): string {
  return path('/data/export', { meter_id: meterId, ...isoBounds(range), format })
}
