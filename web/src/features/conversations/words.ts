/** Why an answer is to be looked at, and how it stands, in words. */

import type { ConversationDetail, Review, Tone, TurnData } from '@/api/types'
import type { Word } from '@/lib/words'
import type { ReviewReason } from './search'

export const REASON_WORDS: Record<ReviewReason, string> = {
  thumbs_down: 'Daumen runter',
  ungrounded: 'schwach belegt',
  weak: 'wenig gefunden',
  rare: 'seltene Frage',
  sample: 'Stichprobe',
}

const STATES: Record<Review['state'], Word> = {
  open: { label: 'offen', shade: 'neutral' },
  accepted: { label: 'angenommen', shade: 'ok' },
  rejected: { label: 'abgelehnt', shade: 'bad' },
  changed: { label: 'geändert', shade: 'brand' },
}

export function reviewState(state: Review['state']): Word {
  return STATES[state]
}

/** A short name for who decided: what stands in a published answer, too. */
export function editorName(actor: string | null): string {
  if (!actor) return ''
  return actor === 'admin' ? 'Verwaltung' : `R-${actor.replace(/^[a-z]+:/, '').slice(0, 8).toUpperCase()}`
}

export const CONSENTS: Record<ConversationDetail['purposes'][number], string> = { service: 'aufbewahren', analytics: 'messen', training: 'lernen' }
export const ROLES: Record<TurnData['role'], string> = { user: 'Person', assistant: 'Luna', agent: 'Kundendienst' }
export const TONES: { tone: Tone; label: string }[] = [
  { tone: 'positive', label: 'zufrieden' },
  { tone: 'neutral', label: 'sachlich' },
  { tone: 'negative', label: 'verärgert' },
  { tone: 'unknown', label: 'unklar' },
]

/** In the order people are asked, whatever order they come in. */
export function consentWords(purposes: ConversationDetail['purposes']): string[] {
  return (Object.keys(CONSENTS) as ConversationDetail['purposes']).filter((purpose) => purposes.includes(purpose)).map((purpose) => CONSENTS[purpose])
}

const CHANNELS: Record<string, string> = { chat: 'Chat', web: 'Web', phone: 'Telefon', mail: 'E-Mail', email: 'E-Mail', app: 'App' }

export function channelName(channel: string): string {
  return CHANNELS[channel] ?? channel
}

const SOURCES: Record<string, string> = { nova: 'Luna', sophia: 'Sophia' }

export function sourceName(source: string): string {
  return SOURCES[source] ?? source
}
