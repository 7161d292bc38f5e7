/** A recommendation in, how it is said out. */

import type { Recommendation, RecommendationState } from '@/api/types'
import type { Word } from '@/lib/words'
import { clockOf } from '@/lib/berlin'

const money = new Intl.NumberFormat('de-DE', { minimumFractionDigits: 2, maximumFractionDigits: 2 })
const whole = new Intl.NumberFormat('de-DE', { maximumFractionDigits: 0 })
const tenths = new Intl.NumberFormat('de-DE', { maximumFractionDigits: 1 })

/** "12,30 EUR", from a thousand on without cents. */
export function eurText(value: number): string {
  return `${Math.abs(value) >= 1000 ? whole.format(value) : money.format(value)} EUR`
}

export function kwhText(value: number): string {
  return `${Math.abs(value) >= 100 ? whole.format(value) : tenths.format(value)} kWh`
}

/** Keeps a number and its unit on one line. */
export function bound(text: string): string {
  return text.replace(/(\d) (ct\/kWh|kWh|kW|EUR|Uhr|Stunden|h|%)(?![\wäöü])/g, '$1\u00a0$2').replace(/§ (\d)/g, '§\u00a0$1')
}

const WEEKDAYS = ['Sonntag', 'Montag', 'Dienstag', 'Mittwoch', 'Donnerstag', 'Freitag', 'Samstag']

export function weekdayOf(at: number): string {
  return WEEKDAYS[clockOf(at).getUTCDay()] ?? ''
}

/** What a sum of money is for: rules reckon over a day, four weeks or a year. */
const SPANS: Record<string, string> = {
  guenstige_stunden: 'an diesem Tag',
  negative_preise: 'an diesem Tag',
  batterie_fahrplan: 'an diesem Tag',
  ladefenster: 'an diesem Tag',
  pv_ueberschuss: 'in vier Wochen',
  dynamischer_tarif_lohnt: 'in vier Wochen',
  dynamischer_tarif_lohnt_nicht: 'in vier Wochen',
  spitzenkappung: 'im Jahr',
  grundlast_gestiegen: 'in zwei Wochen',
  modul_14a: 'im Jahr',
}

export function spanOf(rule: string): string {
  return SPANS[rule] ?? ''
}

const STATES: Record<RecommendationState, Word> = {
  open: { label: 'offen', shade: 'brand' },
  taken: { label: 'übernommen', shade: 'ok' },
  later: { label: 'später', shade: 'warn' },
  declined: { label: 'passt nicht', shade: 'neutral' },
  past: { label: 'abgelaufen', shade: 'neutral' },
}

export function stateWord(state: Recommendation['state']): Word {
  return STATES[state]
}
