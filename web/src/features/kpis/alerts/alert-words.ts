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

/** A rule that is in force and was not looked at yet has a state, too. */
export function watchState(state: AlertRule['state'] | null): Word {
  return state === null ? { label: 'neu', shade: 'neutral' } : STATES[state]
}

/** What the server's sentence says beyond the value and its threshold: how often in a row, or what is lacking. */
export function remarkOf({ sentence, threshold_text: threshold }: { sentence: string; threshold_text: string }): string {
  const rest = /\(n = [\d.]+\)\. (.+)$/s.exec(sentence)?.[1] ?? ''
  return rest === `${threshold}.` ? '' : rest
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

/** Why what a ticket's gap asks for was not answered, in two words. */
export const CAUSES: Record<NonNullable<Ticket['cause']>, string> = {
  missing: 'Dokument fehlt',
  nearly: 'vermutlich da, nicht gefunden',
  there: 'da, nicht gefunden',
  outside: 'gehört nicht hierher',
}

export const KINDS: Record<Ticket['kind'], string> = {
  knowledge: 'Wissen',
  prompt: 'Prompt',
  ranking: 'Rangfolge',
  training: 'Training',
  operations: 'Betrieb',
  other: 'Sonstiges',
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
