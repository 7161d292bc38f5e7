/** What a ticket should bring and brought, in words. */

import type { KpiData } from '@/api/types'
import { valueText } from '../figures/figure-words'

const WHAT: Record<string, string> = {
  opened: 'eröffnet',
  moved: 'Stand geändert',
  handed: 'übergeben',
  commented: 'kommentiert',
  linked: 'ein weiterer Alarm gehört dazu',
  recovered: 'der Alarm ist beendet',
  measured: 'Wirkung gemessen',
}

export function changeWords(what: string): string {
  return WHAT[what] ?? what
}

/** What a ticket says, without the gain that is told beside it. */
export function ticketText({ text, gain }: { text: string; gain: unknown }): string {
  return gain ? text.replace(/^Erwartet: .*\n?/m, '').trim() : text
}

const numbers = new Intl.NumberFormat('de-DE', { maximumFractionDigits: 1 })
const VERDICTS: Record<string, string> = { better: 'besser geworden', worse: 'schlechter geworden', unclear: 'kein deutlicher Unterschied', few: 'zu wenige Fälle' }

function percent(value: unknown): string | null {
  return typeof value === 'number' && Number.isFinite(value) ? numbers.format(value * 100) : null
}

/** Shares of 0 to 1 of the questions, with bounds. */
export function gainText(told: Record<string, unknown>): string {
  const [share, low, high] = [percent(told.share), percent(told.low), percent(told.high)]
  if (share === null) return 'noch nicht zu beziffern'
  const cases = typeof told.of === 'string' ? told.of : 'Fragen'
  return low !== null && high !== null ? `${share} % der ${cases} (zwischen ${low} und ${high} %)` : `${share} % der ${cases}`
}

/** A figure before the ticket and now, in its unit; without knowing the figure only which way it went. */
export function effectText(told: Record<string, unknown>, figure: Figure | undefined): string {
  const [before, after] = [valueOf(told.before), valueOf(told.after)]
  const verdict = VERDICTS[String(told.verdict)] ?? 'noch nicht zu beziffern'
  if (before === null || after === null || !figure) return verdict
  return `${figure.title}, ${verdict}: von ${valueText(figure, before)} auf ${valueText(figure, after)}`
}

type Figure = Pick<KpiData, 'title' | 'kind' | 'unit' | 'digits'>

function valueOf(told: unknown): number | null {
  const value = typeof told === 'object' && told !== null && 'value' in told ? told.value : null
  return typeof value === 'number' && Number.isFinite(value) ? value : null
}
