/** Words of the API in, words of the page out: sources, qualities, deliveries, lengths of time. */

import type { DataImport, Feed, MeterKind } from '@/api/types'
import { formatAt, formatCount, plural } from '@/lib/format'
import type { Word } from '@/lib/words'

const MINUTE = 60
const HOUR = 3600
const DAY = 86_400

const SOURCES: Record<string, string> = {
  upload: 'Hochgeladene Dateien',
  cli: 'Dateien (Kommandozeile)',
  drop: 'Ablageordner',
  mqtt: 'MQTT',
  entsoe: 'ENTSO-E',
  smard: 'SMARD',
  push: 'HTTP-Empfang',
  simulator: 'Simulator',
}

const WHAT: Record<string, string> = {
  drop: 'Dateien aus einem Ordner oder Bucket',
  mqtt: 'Messwerte von Zählern und Gateways',
  entsoe: 'Preise, Last und Erzeugung in Europa',
  smard: 'Preise, Last und Erzeugung (Bundesnetzagentur)',
  push: 'Messwerte, die andere Programme senden',
  simulator: 'Übungsdaten, als simuliert gekennzeichnet',
}

export const SOURCE_NAMES = Object.keys(SOURCES)

export function sourceName(name: string): string {
  return SOURCES[name] ?? name
}

export function sourceOffers(name: string): string {
  return WHAT[name] ?? ''
}

export function feedState(feed: Feed): Word {
  if (!feed.configured) return { label: 'nicht eingerichtet', shade: 'neutral' }
  if (feed.name === 'push') return feed.last_at ? { label: 'empfängt', shade: 'ok' } : { label: 'empfangsbereit', shade: 'neutral' }
  if (!feed.enabled) return { label: 'angehalten', shade: 'neutral' }
  if (feed.last_error) return { label: 'gestört', shade: 'bad' }
  return feed.last_at ? { label: 'in Betrieb', shade: 'ok' } : { label: 'wartet', shade: 'neutral' }
}

const RANK: Record<string, number> = { gestört: 0, 'in Betrieb': 1, empfängt: 2, wartet: 3, angehalten: 4, empfangsbereit: 5, 'nicht eingerichtet': 6 }

const rank = (feed: Feed): number => RANK[feedState(feed).label] ?? 9

/** Faults first, then what runs. */
export function inOrder(feeds: Feed[]): Feed[] {
  return feeds.toSorted((a, b) => rank(a) - rank(b) || sourceName(a.name).localeCompare(sourceName(b.name), 'de'))
}

const QUALITIES: Record<string, Word> = {
  measured: { label: 'gemessen', shade: 'ok' },
  substitute: { label: 'Ersatzwert', shade: 'warn' },
  preliminary: { label: 'vorläufig', shade: 'warn' },
  missing: { label: 'fehlt', shade: 'bad' },
  simulated: { label: 'simuliert', shade: 'neutral' },
}

export function qualityWord(quality: string): Word {
  return QUALITIES[quality] ?? { label: quality, shade: 'neutral' }
}

const IMPORT_STATES: Record<DataImport['state'], Word> = {
  running: { label: 'läuft', shade: 'brand' },
  done: { label: 'aufgenommen', shade: 'ok' },
  refused: { label: 'abgelehnt', shade: 'bad' },
  failed: { label: 'Fehler', shade: 'bad' },
  taken_back: { label: 'zurückgenommen', shade: 'neutral' },
}

/** A file of which only a part could be taken says so. */
export function importState(one: Pick<DataImport, 'state' | 'report'>): Word {
  const refused = Number(one.report.refused ?? 0)
  if (one.state === 'done' && refused > 0) return { label: 'teilweise', shade: 'warn' }
  return IMPORT_STATES[one.state] ?? { label: one.state, shade: 'neutral' }
}

const KINDS: Record<MeterKind, string> = {
  household: 'Haushalt',
  business: 'Gewerbe',
  pv: 'Photovoltaik',
  battery: 'Speicher',
  ev: 'Ladepunkt',
  heat_pump: 'Wärmepumpe',
  grid: 'Netz',
  other: 'Sonstiges',
}

/** What one meter is of. */
export function kindWord(kind: MeterKind): string {
  return KINDS[kind]
}

const FORMATS: Record<string, string> = {
  csv: 'CSV',
  csv_de: 'CSV (deutsch)',
  smard: 'SMARD (CSV)',
  smard_json: 'SMARD (JSON)',
  json: 'JSON',
  entsoe: 'ENTSO-E (XML)',
  mscons: 'MSCONS',
  parquet: 'Parquet',
  columns: 'Simulation',
  '?': 'unbekanntes Format',
}

export function formatName(format: string): string {
  return FORMATS[format] ?? format
}

/** A length of time in two units at most: "45 s", "20 min", "3 h 15 min", "2 Tage 4 h". */
export function lengthText(seconds: number): string {
  const whole = Math.max(0, Math.round(seconds))
  if (whole < MINUTE) return `${whole} s`
  if (whole < HOUR) return `${Math.round(whole / MINUTE)} min`
  if (whole < DAY) return joined(Math.floor(whole / HOUR), 'h', Math.floor((whole % HOUR) / MINUTE), 'min')
  const days = Math.floor(whole / DAY)
  const hours = days < 7 ? Math.floor((whole % DAY) / HOUR) : 0
  return joined(days, days === 1 ? 'Tag' : 'Tage', hours, 'h')
}

function joined(first: number, unit: string, second: number, small: string): string {
  return `${formatCount(first)} ${unit}${second > 0 ? ` ${second} ${small}` : ''}`
}

/** How long ago the interval of a newest value ended. */
export function ageText(end: number, now: number): string {
  const age = now - end
  if (age < -MINUTE) return formatAt(end)
  if (age < 2 * MINUTE) return 'gerade eben'
  if (age < 60 * DAY) return `vor ${lengthText(age).replace('Tage', 'Tagen')}`
  const months = Math.round(age / (30.44 * DAY))
  return months < 24 ? `vor ${months} Monaten` : `vor ${Math.floor(age / (365.25 * DAY))} Jahren`
}

/** What is missing of the last seven days; null where nothing has come yet. */
export function gapWord(missing: number | null): Word {
  if (missing === null) return { label: 'keine Werte', shade: 'neutral' }
  if (missing === 0) return { label: 'lückenlos', shade: 'ok' }
  return { label: `${lengthText(missing)} fehlen`, shade: missing >= DAY ? 'bad' : 'warn' }
}

export function intervalText(seconds: number): string {
  if (seconds === HOUR) return 'jede Stunde'
  if (seconds % MINUTE === 0) return seconds === MINUTE ? 'jede Minute' : seconds < HOUR ? `alle ${seconds / MINUTE} Minuten` : `alle ${formatCount(seconds / HOUR)} Stunden`
  return `alle ${plural(seconds, 'Sekunde', 'Sekunden')}`
}
