/** Prices as the API gives them (EUR/MWh) in, as the reader wants them out. */

import type { Column, Line } from '@/chart'
import { NONE } from '@/lib/format'

export interface Unit {
  name: 'EUR/MWh' | 'ct/kWh'
  factor: number
}

export const MWH: Unit = { name: 'EUR/MWh', factor: 1 }
export const CENT: Unit = { name: 'ct/kWh', factor: 0.1 }

const prices = new Intl.NumberFormat('de-DE', { minimumFractionDigits: 2, maximumFractionDigits: 2 })
const euros = new Intl.NumberFormat('de-DE', { style: 'currency', currency: 'EUR' })

/** No sign before a number that is written as nothing. */
const plain = (value: number): number => (Math.abs(value) < 0.005 ? 0 : value)

export function numberOf(value: number | null | undefined, unit: Unit): string {
  return value === null || value === undefined ? NONE : prices.format(plain(value * unit.factor))
}

export function priceText(value: number | null | undefined, unit: Unit): string {
  return value === null || value === undefined ? NONE : `${numberOf(value, unit)} ${unit.name}`
}

export function euroText(value: number): string {
  return euros.format(plain(value))
}

const times = (column: Column, factor: number): Column => (factor === 1 ? column : column.map((value) => (value === null ? null : value * factor)))

/** A line of prices in another unit. */
export function lineIn(line: Line, unit: Unit): Line {
  const band = line.band ? { ...line.band, min: times(line.band.min, unit.factor), max: times(line.band.max, unit.factor) } : undefined
  return { ...line, unit: unit.name, values: times(line.values, unit.factor), ...(band ? { band } : {}) }
}
