/** A recommendation's evidence in, rows and links out. */

import type { EvidenceFact, Recommendation } from '@/api/types'
import { formatAt, formatDayAt } from '@/lib/format'
import { dayOf, midnight } from '@/lib/berlin'
import { searchOf } from '@/series'

/** "25.10.2026 bis 21.11.2026", "22.11.2026", or to the minute; empty without a window. */
export function periodText({ start, end }: Pick<EvidenceFact, 'start' | 'end'>): string {
  if (start <= 0 || end <= start) return ''
  if (midnight(start) === start && midnight(end) === end) {
    const [first, last] = [formatDayAt(start), formatDayAt(end - 1)]
    return first === last ? first : `${first} bis ${last}`
  }
  return `${formatAt(start)} bis ${formatAt(end)}`
}

/** Where a number without a window is from. */
export function originText({ name }: Pick<EvidenceFact, 'name'>): string {
  if (name === 'eur' || name === 'kwh') return 'gerechnet'
  return name.startsWith('limit_') || name === 'module_2_share' ? 'Vorschrift' : 'hinterlegt'
}

export interface Way {
  label: string
  to: '/energie' | '/markt' | '/fragen'
  search: Record<string, string>
}

/** To the chart of the readings, to the prices of the day, and to what the documents say. */
export function waysOf(one: Recommendation): Way[] {
  const read = one.facts.filter((fact) => fact.start > 0 && fact.end <= one.valid_from && fact.rows > 0)
  const widest = read.toSorted((a, b) => b.end - b.start - (a.end - a.start))[0]
  const priced = one.facts.some((fact) => fact.start >= one.valid_from)
  const day = dayOf(one.valid_from)
  return [
    ...(widest ? [{ label: 'Lastgang dieser Zeit', to: '/energie' as const, search: { zaehler: one.meter_id, ...(searchOf(widest.start, widest.end) as Record<string, string>) } }] : []),
    ...(priced ? [{ label: 'Preise des Tages', to: '/markt' as const, search: { von: day, bis: day } }] : []),
    ...one.norms.map((norm) => ({ label: `${norm} nachlesen`, to: '/fragen' as const, search: { frage: `Was regelt ${norm}?` } })),
    ...(one.norms.length === 0 && one.terms[0] ? [{ label: `„${one.terms[0]}“ in den Unterlagen`, to: '/fragen' as const, search: { frage: `Was steht in den Unterlagen zu ${one.terms[0]}?` } }] : []),
  ]
}

/** What someone may say to a recommendation that does not fit. */
export const REASONS = ['Geht im Betrieb nicht', 'Zu wenig Nutzen', 'Zahlen stimmen nicht', 'Schon erledigt']
