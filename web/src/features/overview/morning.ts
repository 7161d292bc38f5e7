/** What is known this morning in, Luna's sentence out: a fact, what follows from it, and one action. Every number comes from the API. */

import { eurText } from '@/advice'
import { formatValue } from '@/chart'
import { formatAt, formatClockAt } from '@/lib/format'
import type { Stretch } from '@/series'
import { KNOWN } from './day'

/** From so many hours on without a reading it is worth saying. */
export const SILENT_H = 26
/** EUR/MWh between now and the cheapest stretch that make waiting worth a word: 2 ct/kWh. */
const SPREAD = 20

/** A figure's value and how it is written. */
export interface Told {
  value: number
  text: string
}

export interface Morning {
  now: number
  /** Of the meter; empty for several together. */
  name: string
  meterId: string | null
  mayFeed: boolean
  /** Yesterday. */
  day: { from: number; to: number }
  /** Yesterday's consumption, what was to be expected of it, both edges of the usual and the difference; null where nothing is known. */
  energy: Told | null
  low: Told | null
  high: Told | null
  excess: Told | null
  share: Told | null
  /** The share of yesterday that is known, 0 to 1. */
  covered: number
  /** End of the newest reading. */
  lastAt: number | null
  /** EUR/MWh now, and the cheapest stretch of what is left of today. */
  price: number | null
  cheap: Stretch | null
  /** The dearest hours of what is left of today. */
  dear: Stretch | null
  advice: { title: string; eur: number | null; span: string } | null
}

export interface Action {
  label: string
  to: '/energie' | '/markt' | '/empfehlungen' | '/fragen' | '/admin/daten'
  search: Record<string, string>
}

export interface Said {
  fact: string
  consequence: string
  action: Action
}

/** ct/kWh of a price in EUR/MWh. */
export function centText(eurMwh: number): string {
  return `${(eurMwh / 10 || 0).toLocaleString('de-DE', { minimumFractionDigits: 2, maximumFractionDigits: 2 })} ct/kWh`
}

/** "13:00 bis 16:00 Uhr". */
export function stretchText({ from, to }: Pick<Stretch, 'from' | 'to'>): string {
  return `${formatClockAt(from)} bis ${formatClockAt(to)} Uhr`
}

export function say(seen: Morning): Said {
  return silent(seen) ?? holes(seen) ?? changed(seen) ?? waiting(seen) ?? running(seen) ?? advised(seen) ?? usual(seen) ?? nothing(seen)
}

function ofMeter({ meterId, day }: Morning): Record<string, string> {
  return { ...(meterId ? { zaehler: meterId } : {}), ...dayIn(day.from) }
}

function dayIn(at: number): Record<string, string> {
  const day = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Europe/Berlin' }).format(at * 1000)
  return { von: day, bis: day }
}

function silent(seen: Morning): Said | null {
  if (seen.lastAt === null || seen.now - seen.lastAt < SILENT_H * 3600) return null
  return {
    fact: `${seen.name ? `Von ${seen.name}` : 'Von Ihren Zählern'} kam zuletzt am ${formatAt(seen.lastAt)} Uhr ein Messwert.`,
    consequence: 'Verbrauch und Kosten seither sind unbekannt.',
    action: seen.mayFeed ? { label: 'Datenquellen prüfen', to: '/admin/daten', search: {} } : { label: 'Lastgang ansehen', to: '/energie', search: ofMeter(seen) },
  }
}

function holes(seen: Morning): Said | null {
  if (seen.energy === null || seen.covered >= KNOWN) return null
  const missing = ((1 - seen.covered) * (seen.day.to - seen.day.from)) / 3600
  if (!seen.name)
    return {
      fact: 'Von gestern fehlen Messwerte.',
      consequence: `Bekannt sind ${seen.energy.text}; hochgerechnet wird nicht.`,
      action: { label: 'Lastgang ansehen', to: '/energie', search: ofMeter(seen) },
    }
  return {
    fact: `Von gestern ${missing >= 1.05 || missing < 0.95 ? `fehlen ${formatValue(Math.round(missing * 10) / 10)} Stunden` : 'fehlt eine Stunde'} Messwerte${seen.name ? ` (${seen.name})` : ''}.`,
    consequence: `Bekannt sind ${seen.energy.text}; hochgerechnet wird nicht.`,
    action: { label: 'Lücken ansehen', to: '/energie', search: ofMeter(seen) },
  }
}

/** "17 % mehr als erwartet", "so viel wie erwartet"; empty without an expectation. */
function against({ share }: Morning): string {
  if (share === null) return ''
  return /^-?0 %$/.test(share.text) ? 'so viel wie erwartet' : `${share.text.replace('-', '')} ${share.value > 0 ? 'mehr' : 'weniger'} als erwartet`
}

function changed(seen: Morning): Said | null {
  const { energy, low, high, excess } = seen
  if (!energy || !low || !high || !excess || (energy.value >= low.value && energy.value <= high.value)) return null
  const more = excess.value > 0
  return {
    fact: `Gestern waren es ${energy.text}, ${against(seen)}.`,
    consequence: `Das sind ${excess.text.replace('-', '')} ${more ? 'über' : 'unter'} der Erwartung; üblich sind ${low.text} bis ${high.text}.`,
    action: seen.name
      ? { label: 'Luna nach dem Grund fragen', to: '/fragen', search: { frage: `Warum hat ${seen.name} gestern ${more ? 'mehr' : 'weniger'} Strom verbraucht?` } }
      : { label: 'Lastgang ansehen', to: '/energie', search: ofMeter(seen) },
  }
}

function waiting(seen: Morning): Said | null {
  if (seen.price === null || seen.cheap === null || seen.price - seen.cheap.mean < SPREAD || seen.cheap.from <= seen.now) return null
  return {
    fact: `Am günstigsten ist Strom heute von ${stretchText(seen.cheap)}: an der Börse ${centText(seen.cheap.mean)}, jetzt sind es ${centText(seen.price)}.`,
    consequence: 'Was warten kann, sollte bis dahin warten.',
    action: { label: 'Preise ansehen', to: '/markt', search: dayIn(seen.now) },
  }
}

function running(seen: Morning): Said | null {
  if (seen.cheap === null || seen.dear === null || seen.cheap.from > seen.now || seen.dear.mean - seen.cheap.mean < SPREAD) return null
  return {
    fact: `Günstiger als jetzt wird Strom heute nicht: bis ${formatClockAt(seen.cheap.to)} Uhr an der Börse im Mittel ${centText(seen.cheap.mean)}, später im Mittel bis zu ${centText(seen.dear.mean)}.`,
    consequence: 'Was laufen soll, läuft jetzt am billigsten.',
    action: { label: 'Preise ansehen', to: '/markt', search: dayIn(seen.now) },
  }
}

function advised({ advice }: Morning): Said | null {
  if (!advice) return null
  return {
    fact: `Offen ist eine Empfehlung: ${advice.title}.`,
    consequence: advice.eur === null ? 'Ein Betrag lässt sich dazu nicht sagen.' : `Erwartet werden ${[eurText(advice.eur), advice.span].filter(Boolean).join(' ')}.`,
    action: { label: 'Empfehlung ansehen', to: '/empfehlungen', search: {} },
  }
}

function usual(seen: Morning): Said | null {
  if (seen.energy === null) return null
  const rest = against(seen)
  return {
    fact: `Gestern waren es ${seen.energy.text}${rest ? `, ${rest}` : ''}.`,
    consequence: rest ? 'Das liegt im üblichen Rahmen.' : 'Für eine Erwartung reichen die Wochen davor noch nicht.',
    action: { label: 'Lastgang ansehen', to: '/energie', search: ofMeter(seen) },
  }
}

function nothing(seen: Morning): Said {
  return {
    fact: `Für gestern liegen ${seen.name ? `von ${seen.name} ` : ''}keine Messwerte vor.`,
    consequence: seen.lastAt === null ? 'Ohne Werte gibt es weder Verbrauch noch Kosten.' : 'Die ersten Werte sind von heute.',
    action: seen.mayFeed ? { label: 'Datenquellen ansehen', to: '/admin/daten', search: {} } : { label: 'Lastgang ansehen', to: '/energie', search: seen.meterId ? { zaehler: seen.meterId } : {} },
  }
}
