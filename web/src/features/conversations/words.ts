/** Why an answer is to be looked at, and how it stands, in words. */

import type { ConversationDetail, Review, Tone, TurnData } from '@/api/types'
import { sourceName, type Word } from '@/lib/words'
import type { ReviewReason, Verdict } from './search'

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

interface VerdictWords {
  verdict: Verdict
  label: string
  list: string
  counted: [string, string]
  none: string
  why: string
}

export const VERDICTS: [VerdictWords, ...VerdictWords[]] = [
  { verdict: 'geaendert', label: 'Geändert', list: 'Geänderte Antworten', counted: ['geänderte Antwort', 'geänderte Antworten'], none: 'Noch keine geänderte Antwort', why: 'Wer in der Durchsicht eine Antwort ändert, schafft ein Paar aus richtiger und bisheriger Antwort. Es steht dann hier.' },
  { verdict: 'angenommen', label: 'Angenommen', list: 'Angenommene Antworten', counted: ['angenommene Antwort', 'angenommene Antworten'], none: 'Noch keine angenommene Antwort', why: 'Was Sie in der Durchsicht annehmen, steht dann hier und lässt sich zurücknehmen.' },
  { verdict: 'abgelehnt', label: 'Abgelehnt', list: 'Abgelehnte Antworten', counted: ['abgelehnte Antwort', 'abgelehnte Antworten'], none: 'Noch keine abgelehnte Antwort', why: 'Was Sie in der Durchsicht ablehnen, steht dann hier und lässt sich zurücknehmen.' },
]

/** A short name for who decided: what stands in a published answer, too. */
export function editorName(actor: string | null): string {
  if (!actor) return ''
  return actor === 'admin' ? 'Verwaltung' : `R-${actor.replace(/^[a-z]+:/, '').slice(0, 8).toUpperCase()}`
}

export const CONSENTS: Record<ConversationDetail['purposes'][number], string> = { service: 'aufbewahren', analytics: 'messen', training: 'lernen', profiling: 'auswerten' }
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

/** Who said it: answers are whose conversation it was. */
export function speaker(role: TurnData['role'], source: string): string {
  return role === 'user' ? 'Person' : role === 'agent' ? 'Kundendienst' : sourceName(source)
}
