/** Why an answer is to be looked at, and how it stands, in words. */

import type { Review } from '@/api/types'
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
  return actor === 'admin' ? 'Verwaltung' : `R-${actor.replace(/^user:/, '').slice(0, 8).toUpperCase()}`
}
