/** How far a figure is from its thresholds, in numbers and in words. */

import type { AlertRule, KpiData, RuleData } from '@/api/types'
import { formatCount } from '@/lib/format'
import { boundsText, isShare, scaled, valueText } from '../figures/figure-words'

export type Shape = Pick<KpiData, 'kind' | 'unit' | 'digits'>
export type Limits = Pick<RuleData, 'direction' | 'warn' | 'critical' | 'clear' | 'method' | 'window' | 'times' | 'least'>

/** A rule in force and what it found last; `state` is null while it was not evaluated since it reads as it does. */
export interface Watch extends Limits {
  rule: string
  kpi: string
  title: string
  segment: string
  state: AlertRule['state'] | null
  value: number | null
  low: number | null
  high: number | null
  n: number
}

const LIMITS: (keyof Limits)[] = ['direction', 'warn', 'critical', 'clear', 'method', 'window', 'times', 'least']
const UNJUDGED = { state: null, value: null, low: null, high: null, n: 0 }

/** Every rule in force with where it stands. */
export function watchesOf(rules: RuleData[], alerts: Pick<AlertRule, 'rule' | 'state' | 'explanation'>[]): Watch[] {
  return rules.map(({ name, kpi, title, segment, ...limits }) => {
    const found = alerts.find(({ rule }) => rule === name)
    const told = found?.explanation
    const same = told && told.kpi === kpi && told.segment === segment && LIMITS.every((key) => told[key] === limits[key])
    const standing = found && same ? { state: found.state, value: told.value, low: told.low, high: told.high, n: told.n } : UNJUDGED
    return { rule: name, kpi, title, segment, ...limits, ...standing }
  })
}

const URGENCY: (AlertRule['state'] | null)[] = ['critical', 'warn', 'pending', 'clearing', 'ok', 'no_data', null]

/** What needs somebody first, then what is nearest to its threshold. */
export function nearestFirst(one: Watch, other: Watch): number {
  return URGENCY.indexOf(one.state) - URGENCY.indexOf(other.state) || nearness(other) - nearness(one)
}

/** How much of the way from what is good to the warning is gone. */
function nearness(watch: Watch): number {
  const margin = marginOf(watch)
  if (!margin) return -1
  return margin.warn > 0 ? margin.at / margin.warn : margin.at
}

/** Where a value stands between what is good (0) and critical (1), for a bar; the warning stands at `warn`. Null where nothing was measured. */
export function marginOf(rule: { value: number | null; warn: number; critical: number | null; clear: number; direction: 'below' | 'above' }): { at: number; warn: number } | null {
  if (rule.value === null) return null
  const sign = rule.direction === 'above' ? 1 : -1
  const worst = rule.critical ?? rule.warn + sign * Math.max(Math.abs(rule.warn) * 0.5, rule.clear)
  const width = Math.abs(worst - rule.warn) * 3 || 1
  const good = sign > 0 ? Math.max(worst - width, Math.min(0, rule.warn)) : worst <= 1 ? Math.min(worst + width, 1) : worst + width
  const share = (value: number): number => Math.min(1, Math.max(0, (value - good) / (worst - good || 1)))
  return { at: share(rule.value), warn: share(rule.warn) }
}

const tenths = new Intl.NumberFormat('de-DE', { minimumFractionDigits: 1, maximumFractionDigits: 1 })

/** A value as a rule measures it: a drift counts in usual fluctuations, everything else in the figure's unit. */
function ruleValue({ method }: Pick<Limits, 'method'>, shape: Shape, value: number): string {
  return method === 'cusum' ? `${tenths.format(value)}\u00a0σ` : valueText(shape, value)
}

function distance({ method }: Pick<Limits, 'method'>, shape: Shape, from: number, to: number): string {
  const apart = Math.abs(to - from)
  return method !== 'cusum' && isShare(shape) ? `${tenths.format(Math.abs((scaled(shape, to) ?? 0) - (scaled(shape, from) ?? 0)))}\u00a0Punkte` : ruleValue({ method }, shape, apart)
}

/** "noch 17,9 Punkte bis zur Warnung", or how far beyond it; what is lacking where nothing can be said. */
export function marginText(watch: Pick<Watch, keyof Limits | 'state' | 'value' | 'n'>, shape: Shape): string {
  const { state, value, warn, critical, direction } = watch
  if (state === null) return 'noch nicht bewertet'
  if (value === null || state === 'no_data') return watch.n < watch.least ? `${formatCount(watch.n)} von ${formatCount(watch.least)} nötigen Fällen` : 'der Vergleich mit früher fehlt noch'
  const past = (limit: number): boolean => (direction === 'above' ? value > limit : value < limit)
  if (critical !== null && past(critical)) return `${distance(watch, shape, value, critical)} jenseits von kritisch`
  if (past(warn)) return `${distance(watch, shape, value, warn)} jenseits der Warnung${critical === null ? '' : `, noch ${distance(watch, shape, value, critical)} bis kritisch`}`
  return `noch ${distance(watch, shape, value, warn)} bis zur Warnung`
}

/** As the beginning of a sentence. */
export function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}

/** "Warnung über 25,0 %, kritisch über 45,0 %" */
export function limitsText(limits: Limits, shape: Shape): string {
  const side = limits.direction === 'above' ? 'über' : 'unter'
  return `Warnung ${side} ${ruleValue(limits, shape, limits.warn)}${limits.critical === null ? '' : `, kritisch ${side} ${ruleValue(limits, shape, limits.critical)}`}`
}

/** When an alarm begins and ends, beside the thresholds themselves. */
export function endText(limits: Limits, shape: Shape): string {
  const above = limits.direction === 'above'
  const end = `Ende ${above ? 'bis' : 'ab'} ${ruleValue(limits, shape, above ? limits.warn - limits.clear : limits.warn + limits.clear)}`
  return limits.times > 1 ? `${end}, jeweils erst beim ${limits.times}. Mal in Folge` : end
}

const UNITS: Record<string, [string, string]> = { s: ['Sekunde', 'Sekunden'], m: ['Minute', 'Minuten'], h: ['Stunde', 'Stunden'], d: ['Tag', 'Tage'] }

/** "24h" as "24 Stunden". */
export function windowText(window: string): string {
  const [, count, unit] = /^(\d+)([smhd])$/.exec(window) ?? []
  const words = unit ? UNITS[unit] : undefined
  return count && words ? `${count}\u00a0${count === '1' ? words[0] : words[1]}` : window
}

const METHODS: Record<Limits['method'], string> = { threshold: '', ewma: 'gleitendes Mittel', cusum: 'Abdrift vom Üblichen' }

/** Over which time and how it was measured: "24 Stunden, gleitendes Mittel". */
export function spanText({ window, method }: Pick<Limits, 'window' | 'method'>): string {
  return METHODS[method] ? `${windowText(window)}, ${METHODS[method]}` : windowText(window)
}

/** What a rule found, with bounds and cases: "7,1 % (zwischen 4,8 und 10,6 %, n = 308)". */
export function foundText(watch: Pick<Watch, 'method' | 'value' | 'low' | 'high' | 'n'>, shape: Shape): string {
  const cases = `n\u00a0=\u00a0${formatCount(watch.n)}`
  if (watch.value === null) return `${watch.n > 0 ? 'ohne Vergleich' : 'nichts gemessen'} (${cases})`
  const bounds = watch.method === 'cusum' ? '' : boundsText(shape, watch)
  return `${ruleValue(watch, shape, watch.value)} (${bounds ? `${bounds}, ` : ''}${cases})`
}
