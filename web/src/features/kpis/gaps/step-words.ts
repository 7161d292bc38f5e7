/** What was done about unanswered questions, and what came of it, in words. */

import type { Gap, GapStep, Unanswered } from '@/api/types'
import type { Word } from '@/lib/words'

export const WHATS: Record<GapStep['what'], string> = {
  document: 'Dokument ergänzt',
  words: 'Wörter ergänzt',
  answer: 'Antwort geschrieben',
  outside: 'Gehört nicht hierher',
  place: 'Richtige Stelle genannt',
}

export const WHYS: Record<Unanswered['why'], string> = { refused: 'ohne Antwort', asked_back: 'nachgefragt', weak: 'schwach beantwortet' }

const BEFORE: Record<Unanswered['why'], string> = { refused: 'nichts gefunden', asked_back: 'nachgefragt', weak: 'schwach beantwortet' }
const AFTER: Record<string, string> = { refused: 'noch immer nicht', asked_back: 'es wird nachgefragt', weak: 'noch schwach' }
const DAY = new Intl.DateTimeFormat('de-DE', { day: '2-digit', month: '2-digit', timeZone: 'Europe/Berlin' })

/** How a section is called: "§ 19 StromGVV", "„Preisblatt“, „Führungen“" or "„Preisblatt“". */
export function placeName({ section, title }: { section: string; title: string }): string {
  if (/^(§|Art)/.test(section)) return `${section} ${title}`
  return section && section !== title ? `„${title}“, „${section}“` : `„${title}“`
}

/** How a step's questions went before; empty where it asks none. */
export function beforeText(step: GapStep): string {
  return step.asks_again && step.before ? BEFORE[step.before] : ''
}

/** How they go now. */
export function nowText(step: GapStep): string {
  if (step.measured_at === null) return 'wird gerade gefragt'
  if (step.asked === 0) return 'nichts mehr zu fragen'
  const day = DAY.format(new Date(step.measured_at))
  if (step.answered === 0) return `${AFTER[step.after ?? 'refused'] ?? AFTER.refused}, ${day}`
  const share = step.answered === step.asked ? '' : ` (${step.answered} von ${step.asked})`
  return `beantwortet${step.place ? ` aus ${placeName(step.place)}` : ''}${share}, ${day}`
}

/** Before and now in one line. */
export function outcomeText(step: GapStep): string {
  if (step.undone_at !== null) return 'zurückgenommen'
  if (!step.asks_again) return step.place ? placeName(step.place) : ''
  return `vorher: ${beforeText(step) || '–'} → jetzt: ${nowText(step)}`
}

/** Whether a step helped, as sign and word. */
export function stepState(step: GapStep): Word {
  if (step.undone_at !== null) return { label: 'zurückgenommen', shade: 'neutral' }
  if (!step.asks_again) return { label: step.what === 'outside' ? 'zählt nicht' : 'gemerkt', shade: 'neutral' }
  if (step.measured_at === null) return { label: 'wartet', shade: 'brand' }
  if (step.asked === 0) return { label: 'nichts zu fragen', shade: 'neutral' }
  if (step.answered === 0) return { label: 'noch nicht', shade: 'bad' }
  return step.answered === step.asked ? { label: 'beantwortet', shade: 'ok' } : { label: 'zum Teil', shade: 'warn' }
}

/** Why a gap is one: the document is missing, or is there and was not found; null before search looked, and where it is closed. */
export function causeWord(gap: Pick<Gap, 'state' | 'place' | 'place_source' | 'looked_at'>): Word | null {
  if (gap.state !== 'open') return null
  if (gap.place) return gap.place_source === 'editor' ? { label: 'Dokument da, nicht gefunden', shade: 'warn' } : { label: 'Dokument vermutlich da', shade: 'warn' }
  return gap.looked_at ? { label: 'Dokument fehlt', shade: 'bad' } : null
}

/** The same in a sentence with the section. */
export function causeText(gap: Pick<Gap, 'state' | 'place' | 'place_source'>): string {
  if (gap.state !== 'open' || !gap.place) return ''
  const place = placeName(gap.place)
  return gap.place_source === 'editor' ? `Das Dokument ist da, wurde aber nicht gefunden: ${place}. Ergänzen Sie zuerst Wörter.` : `Das Dokument ist vermutlich da, wurde aber nicht gefunden: ${place}. Sehen Sie nach; stimmt es, ergänzen Sie zuerst Wörter.`
}
