/** What is known this morning in, Luna's sentence out: a fact, what follows from it, and one action. Every number comes from the API. */

import { eurText, kwhText, weekdayOf } from '@/advice'
import { formatValue } from '@/chart'
import { formatAt, formatClockAt, plural } from '@/lib/format'
import type { Stretch } from '@/series'
import { KNOWN } from './day'

/** From so many hours on without a reading it is worth saying. */
export const SILENT_H = 26
/** Changes below are within what weeks differ by anyway. */
const CHANGE = 0.15
/** EUR/MWh between now and the cheapest stretch that make waiting worth a word: 2 ct/kWh. */
const SPREAD = 20

export interface Morning {
  now: number
  /** Of the meter; empty for several together. */
  name: string
  meterId: string | null
  mayFeed: boolean
  /** Yesterday. */
  day: { from: number; to: number }
  /** kWh of yesterday and of the same weekday before, null where nothing is known. */
  energy: number | null
  before: number | null
  /** Shares of both days that are known, 0 to 1. */
  covered: number
  coveredBefore: number
  /** How many meters lack readings of yesterday. */
  lacking: number
  /** End of the newest reading. */
  lastAt: number | null
  /** EUR/MWh now, and the cheapest stretch of what is left of today. */
  price: number | null
  cheap: Stretch | null
  /** The highest price of what is left of today. */
  dear: number | null
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
  return `${(Math.round(eurMwh) / 10).toLocaleString('de-DE', { minimumFractionDigits: 1, maximumFractionDigits: 1 })} ct/kWh`
}

/** "13:00 bis 16:00 Uhr". */
export function stretchText({ from, to }: Pick<Stretch, 'from' | 'to'>): string {
  return `${formatClockAt(from)} bis ${formatClockAt(to)} Uhr`
}

/** How far a value lies from another, as a share; null without both. */
export function changeOf(value: number | null, before: number | null): number | null {
  return value === null || before === null || before <= 0 ? null : value / before - 1
}

export function percentText(share: number): string {
  return `${Math.abs(Math.round(share * 100)).toLocaleString('de-DE')} %`
}

/** The highest price from now to the end of a day. */
export function dearest({ ts, values, seconds }: { ts: number[]; values: (number | null)[]; seconds: number }, now: number, to: number): number | null {
  const known = values.filter((value, row): value is number => value !== null && (ts[row] ?? 0) + seconds > now && (ts[row] ?? 0) < to)
  return known.length > 0 ? Math.max(...known) : null
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
      fact: `Von gestern fehlen bei ${plural(seen.lacking, 'Zähler', 'Zählern')} Messwerte.`,
      consequence: `Bekannt sind ${kwhText(seen.energy)}; hochgerechnet wird nicht.`,
      action: { label: 'Lastgang ansehen', to: '/energie', search: ofMeter(seen) },
    }
  return {
    fact: `Von gestern ${missing >= 1.05 || missing < 0.95 ? `fehlen ${formatValue(Math.round(missing * 10) / 10)} Stunden` : 'fehlt eine Stunde'} Messwerte${seen.name ? ` (${seen.name})` : ''}.`,
    consequence: `Bekannt sind ${kwhText(seen.energy)}; hochgerechnet wird nicht.`,
    action: { label: 'Lücken ansehen', to: '/energie', search: ofMeter(seen) },
  }
}

function compared(seen: Morning): number | null {
  return seen.coveredBefore >= KNOWN ? changeOf(seen.energy, seen.before) : null
}

function changed(seen: Morning): Said | null {
  const change = compared(seen)
  if (change === null || seen.energy === null || seen.before === null || Math.abs(change) < CHANGE || Math.abs(seen.energy - seen.before) < 0.5) return null
  const more = change > 0
  const day = weekdayOf(seen.day.from)
  return {
    fact: `Gestern waren es ${kwhText(seen.energy)}, ${percentText(change)} ${more ? 'mehr' : 'weniger'} als am ${day} davor.`,
    consequence: `Das sind ${kwhText(Math.abs(seen.energy - seen.before))} ${more ? 'über' : 'unter'} der Vorwoche.`,
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
  if (seen.cheap === null || seen.dear === null || seen.cheap.from > seen.now || seen.dear - seen.cheap.mean < SPREAD) return null
  return {
    fact: `Günstiger als jetzt wird Strom heute nicht: bis ${formatClockAt(seen.cheap.to)} Uhr an der Börse im Mittel ${centText(seen.cheap.mean)}, später bis zu ${centText(seen.dear)}.`,
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
  const change = compared(seen)
  const rest = change === null ? '' : `, ${Math.round(change * 100) === 0 ? 'so viel' : `${percentText(change)} ${change > 0 ? 'mehr' : 'weniger'}`} ${Math.round(change * 100) === 0 ? 'wie' : 'als'} am ${weekdayOf(seen.day.from)} davor`
  return {
    fact: `Gestern waren es ${kwhText(seen.energy)}${rest}.`,
    consequence: change === null ? 'Ein Vergleich mit der Vorwoche fehlt noch.' : 'Das liegt im üblichen Rahmen.',
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
