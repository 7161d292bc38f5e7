/** What markets have prices of, and what the address asks for, in; what the page shows out. */

import type { Product } from '@/api/types'
import type { MarketSearch } from './search'

const HOUR = 3600
const NAMES: Record<string, string> = { DAY_AHEAD: 'Day-Ahead', INTRADAY: 'Intraday', BASE: 'BASE', PEAK: 'PEAK' }

export interface Choice {
  /** What the history shows. */
  shown: Product
  /** Of the same market, what has prices of hours or shorter: itself, or day-ahead. Null where there is none. */
  fine: Product | null
  /** One of each market and zone. */
  markets: Product[]
  /** All of the chosen market and zone. */
  products: Product[]
}

export function productName(product: string): string {
  return NAMES[product] ?? product
}

export function marketName(one: Product, all: Product[]): string {
  return all.some((other) => other.market === one.market && other.zone !== one.zone) ? `${one.market} ${one.zone}` : one.market
}

/** "EEX Day-Ahead (DE-LU)". */
export function fullName(one: Product): string {
  return `${one.market} ${productName(one.product)} (${one.zone})`
}

export function isFine(one: Product): boolean {
  return one.seconds.some((seconds) => seconds <= HOUR)
}

const isDayAhead = (one: Product): boolean => one.product === 'DAY_AHEAD'

/** The first that still has prices now, else the one whose prices reach furthest. */
function lively(all: Product[], now: number): Product | undefined {
  return all.find((one) => one.until > now) ?? all.toSorted((a, b) => b.until - a.until)[0]
}

/** The nearest to what the address says, without it a market with present prices; null where no market has any. */
export function choose(all: Product[], search: MarketSearch, now: number): Choice | null {
  const first = lively(all, now)
  if (!first) return null
  const ofMarket = all.filter((one) => one.market === search.markt)
  const place = ofMarket.find((one) => one.zone === search.zone) ?? ofMarket[0] ?? first
  const products = all.filter((one) => one.market === place.market && one.zone === place.zone)
  const usual = products.find(isDayAhead) ?? products.find(isFine) ?? place
  const shown = products.find((one) => one.product === search.produkt) ?? usual
  const fine = isFine(shown) ? shown : (products.find((one) => isDayAhead(one) && isFine(one)) ?? products.find(isFine) ?? null)
  const markets = all.filter((one, index) => all.findIndex((other) => other.market === one.market && other.zone === one.zone) === index)
  return { shown, fine, markets, products }
}

export function asked(one: Product): { market: string; product: string; zone: string } {
  return { market: one.market, product: one.product, zone: one.zone }
}
