/** States of rules and tickets, in words and shades. */

import type { AlertRule, Ticket } from '@/api/types'
import type { Word } from '@/lib/words'

const STATES: Record<AlertRule['state'], Word> = {
  critical: { label: 'kritisch', shade: 'bad' },
  warn: { label: 'Warnung', shade: 'warn' },
  pending: { label: 'auffällig', shade: 'warn' },
  clearing: { label: 'erholt sich', shade: 'brand' },
  ok: { label: 'in Ordnung', shade: 'ok' },
  no_data: { label: 'zu wenig Daten', shade: 'neutral' },
}

export function ruleState(state: AlertRule['state']): Word {
  return STATES[state]
}

export const TICKET_STATES: { state: Ticket['state']; label: string }[] = [
  { state: 'open', label: 'Offen' },
  { state: 'doing', label: 'In Arbeit' },
  { state: 'waiting', label: 'Wartet' },
  { state: 'done', label: 'Erledigt' },
  { state: 'dropped', label: 'Verworfen' },
]

export const OWNERS: { owner: Ticket['owner']; label: string }[] = [
  { owner: 'lumina', label: 'Lumina (Wissen)' },
  { owner: 'orion', label: 'Orion (Modelle)' },
  { owner: 'aura', label: 'Aura (Oberfläche)' },
  { owner: 'chronos', label: 'Chronos (Betrieb)' },
]

export const KINDS: Record<Ticket['kind'], string> = {
  knowledge: 'Wissen',
  prompt: 'Prompt',
  ranking: 'Rangfolge',
  training: 'Training',
  operations: 'Betrieb',
  other: 'Sonstiges',
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

const UNITS: Record<string, string> = { s: 'Sekunden', m: 'Minuten', h: 'Stunden', d: 'Tage' }

/** "15m" as "15 Minuten". */
export function everyWords(every: string): string {
  const [, count, unit] = /^(\d+)([smhd])$/.exec(every) ?? []
  return count && unit ? `${count} ${UNITS[unit]}` : every
}
