/** What is paid, as text of a field or of the browser's store in, checked numbers out. */

import type { Terms } from './api'

/** What the API takes. */
export const LIMITS: Record<keyof Terms, [number, number]> = { fixed_ct_kwh: [-1000, 1000], surcharge_ct_kwh: [-1000, 1000], feed_in_ct_kwh: [-1000, 1000], base_eur_year: [0, 10_000], co2_g_kwh: [0, 5000] }

const NAMES = Object.keys(LIMITS) as (keyof Terms)[]

/** Undefined for an empty text, null for one that is no number or out of bounds. */
export function parseNumber(text: string, name: keyof Terms): number | null | undefined {
  const plain = text.trim().replace(',', '.')
  if (plain === '') return undefined
  if (!/^[-+]?\d{1,4}(\.\d{1,4})?$/.test(plain)) return null
  const value = Number(plain)
  return inside(value, name) ? value : null
}

function inside(value: number, name: keyof Terms): boolean {
  const [low, high] = LIMITS[name]
  return value >= low && value <= high
}

export function writeNumber(value: number | undefined): string {
  return value === undefined ? '' : String(value).replace('.', ',')
}

/** What holds of anything; the rest is left out. */
export function termsOf(raw: unknown): Terms {
  if (typeof raw !== 'object' || raw === null) return {}
  const found = raw as Record<string, unknown>
  return Object.fromEntries(
    NAMES.flatMap((name) => {
      const value = found[name]
      return typeof value === 'number' && Number.isFinite(value) && inside(value, name) ? [[name, value]] : []
    }),
  )
}

export function readTerms(text: string): Terms {
  try {
    return termsOf(JSON.parse(text || '{}'))
  } catch {
    return {}
  }
}
