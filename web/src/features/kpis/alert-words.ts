/** States of rules and tickets, in words and shades. */

import type { AlertRule, Alerts, Ticket } from '@/api/types'
import { plural } from '@/lib/format'
import type { Word } from '@/lib/words'

type Channel = Alerts['channels'][number]

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

/** How things stand in a sentence; null where all is calm. A rule that knows too little says nothing, so nobody may call that calm. */
export function standing(alerts: Pick<AlertRule, 'state'>[]): string | null {
  const count = (...states: AlertRule['state'][]): number => alerts.filter(({ state }) => states.includes(state)).length
  const [firing, easing, odd, blind] = [count('warn', 'critical'), count('clearing'), count('pending'), count('no_data')]
  if (alerts.length === 0) return ''
  if (blind === alerts.length) return 'Keine Regel hat genug Daten, um etwas zu sagen.'
  const more = [easing > 0 ? `${easing} ${easing === 1 ? 'erholt' : 'erholen'} sich` : '', odd > 0 ? `${odd} ${odd === 1 ? 'ist' : 'sind'} auffällig` : '', blind > 0 ? `${blind} ${blind === 1 ? 'hat' : 'haben'} zu wenig Daten` : ''].filter(Boolean)
  const head = firing > 0 ? `${firing} von ${plural(alerts.length, 'Regel', 'Regeln')} ${firing === 1 ? 'schlägt' : 'schlagen'} an` : more.length > 0 ? 'Keine Regel schlägt an' : ''
  return head ? `${[head, ...more].join(', ')}.` : null
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

const UNITS: Record<string, { one: string; many: string }> = {
  s: { one: 'jede Sekunde', many: 'Sekunden' },
  m: { one: 'jede Minute', many: 'Minuten' },
  h: { one: 'jede Stunde', many: 'Stunden' },
  d: { one: 'jeden Tag', many: 'Tage' },
}

/** "15m" as "alle 15 Minuten", "1h" as "jede Stunde". */
export function everyWords(every: string): string {
  const [, count, unit] = /^(\d+)([smhd])$/.exec(every) ?? []
  const words = unit ? UNITS[unit] : undefined
  if (!count || !words) return `alle ${every}`
  return count === '1' ? words.one : `alle ${count} ${words.many}`
}

export const CHANNELS: Record<Channel, string> = { log: 'Protokoll', mail: 'E-Mail', webhook: 'Webhook' }
