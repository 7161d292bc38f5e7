/** How far the simulator has come, and what may be asked of it. */

import type { Simulator } from '@/api/types'
import { formatAt } from '@/lib/format'
import type { SimChoice } from '../api'

const DAY = 86_400
export const MOST_METERS = 200
export const MOST_DAYS = 800
export const MOST_SEED = 2 ** 31 - 1

export interface Progress {
  /** 0..1, of the days that lie back. */
  share: number
  caughtUp: boolean
  text: string
}

/** Null while it does not run. */
export function progressOf(sim: Pick<Simulator, 'running' | 'until' | 'days' | 'smartmeter_interval_sec' | 'market_interval_sec'>, now: number): Progress | null {
  if (!sim.running) return null
  if (sim.until === null) return { share: 0, caughtUp: false, text: 'Die ersten Werte entstehen gerade.' }
  const late = now - sim.until
  // It looks again after the shorter of its two intervals; a minute more is no delay yet.
  if (late <= 2 * Math.max(sim.smartmeter_interval_sec, 60) + 60) return { share: 1, caughtUp: true, text: `Auf dem Laufenden: Werte bis ${formatAt(sim.until)}` }
  const share = Math.max(0, Math.min(0.99, 1 - late / Math.max(sim.days * DAY, late, 1)))
  return { share, caughtUp: false, text: `Holt auf: Werte bis ${formatAt(sim.until)}` }
}

export interface SimForm {
  seed: string
  meters: string
  days: string
  faults: boolean
}

export function formOf(sim: Pick<Simulator, 'seed' | 'meters' | 'days' | 'faults'>): SimForm {
  return { seed: String(sim.seed), meters: String(sim.meters), days: String(sim.days), faults: sim.faults }
}

function whole(text: string, least: number, most: number): number | null {
  const value = /^\d{1,10}$/.test(text.trim()) ? Number(text) : Number.NaN
  return value >= least && value <= most ? value : null
}

/** What to send, or what is wrong with each field. */
export function readForm(form: SimForm): { choice: SimChoice | null; faults: Partial<Record<'seed' | 'meters' | 'days', string>> } {
  const seed = whole(form.seed, 0, MOST_SEED)
  const meters = whole(form.meters, 1, MOST_METERS)
  const days = whole(form.days, 0, MOST_DAYS)
  const faults = {
    ...(seed === null ? { seed: `Ganze Zahl von 0 bis ${MOST_SEED.toLocaleString('de-DE')}.` } : {}),
    ...(meters === null ? { meters: `Ganze Zahl von 1 bis ${MOST_METERS}.` } : {}),
    ...(days === null ? { days: `Ganze Zahl von 0 bis ${MOST_DAYS}.` } : {}),
  }
  return { choice: seed === null || meters === null || days === null ? null : { seed, meters, days, faults: form.faults }, faults }
}
