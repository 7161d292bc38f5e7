/** The report of a file in, German sentences and a table out. */

import { formatAt, formatCount, plural } from '@/lib/format'

export type ReasonKind = 'refused' | 'corrected' | 'note'

export interface Reason {
  kind: ReasonKind
  text: string
  count: number
  places: string[]
}

export interface Report {
  state: string
  batchId: number | null
  format: string
  accepted: number
  corrected: number
  refused: number
  reasons: Reason[]
  start: number | null
  end: number | null
  meters: string[]
  meterCount: number
  others: string[]
  stored: Record<'new' | 'same' | 'corrected' | 'kept' | 'overlapping', number>
}

const count = (value: unknown): number => (typeof value === 'number' && Number.isFinite(value) ? value : 0)
const moment = (value: unknown): number | null => (typeof value === 'number' && Number.isFinite(value) ? value : null)
const words = (value: unknown): string[] => (Array.isArray(value) ? value.filter((one): one is string => typeof one === 'string') : [])

function reasonOf(value: unknown): Reason[] {
  if (typeof value !== 'object' || value === null) return []
  const one = value as Record<string, unknown>
  const kind = (['refused', 'corrected', 'note'] as const).find((name) => name === one.kind)
  return kind && typeof one.text === 'string' ? [{ kind, text: one.text, count: count(one.count), places: words(one.places).filter(Boolean) }] : []
}

/** What the API says of a file, whatever is missing of it. */
export function readReport(raw: Record<string, unknown>): Report {
  const stored = (typeof raw.stored === 'object' && raw.stored !== null ? raw.stored : {}) as Record<string, unknown>
  return {
    state: typeof raw.state === 'string' ? raw.state : '',
    batchId: moment(raw.batch_id),
    format: typeof raw.format === 'string' ? raw.format : '',
    accepted: count(raw.accepted),
    corrected: count(raw.corrected),
    refused: count(raw.refused),
    reasons: Array.isArray(raw.reasons) ? raw.reasons.flatMap(reasonOf) : [],
    start: moment(raw.start),
    end: moment(raw.end),
    meters: words(raw.meters),
    meterCount: count(raw.meter_count),
    others: words(raw.others),
    stored: { new: count(stored.new), same: count(stored.same), corrected: count(stored.corrected), kept: count(stored.kept), overlapping: count(stored.overlapping) },
  }
}

const values = (number: number): string => plural(number, 'Wert', 'Werte')
const were = (number: number): string => (number === 1 ? 'wurde' : 'wurden')

/** What became of the file, in one or two sentences. */
export function verdict(report: Report): string {
  const taken = report.accepted + report.corrected
  if (report.state === 'known') return 'Diese Datei kennt Nova schon. Es hat sich nichts geändert.'
  if (taken === 0) return 'Aus dieser Datei wurde nichts übernommen. Ihre gespeicherten Werte sind unverändert.'
  const refused = report.refused > 0 ? ` ${values(report.refused)} ${were(report.refused)} nicht übernommen.` : ''
  const corrected = report.corrected > 0 ? `, davon ${formatCount(report.corrected)} mit einer Korrektur` : ''
  return `${values(taken)} ${were(taken)} übernommen${corrected}.${refused}`
}

/** What the store did with what was taken; nothing is said of zeros. */
export function storedLines(report: Report): string[] {
  const { stored } = report
  const lines: [number, string, string][] = [
    [stored.new, 'ist neu gespeichert', 'sind neu gespeichert'],
    [stored.same, 'lag schon genauso vor', 'lagen schon genauso vor'],
    [stored.corrected, 'ersetzt einen früheren, der als Fassung erhalten bleibt', 'ersetzen frühere, die als Fassung erhalten bleiben'],
    [stored.kept, 'blieb außen vor: gespeichert ist ein besserer oder neuerer', 'blieben außen vor: gespeichert sind bessere oder neuere'],
    [stored.overlapping, 'überschneidet sich mit einem gespeicherten Intervall', 'überschneiden sich mit gespeicherten Intervallen'],
  ]
  return lines.filter(([number]) => number > 0).map(([number, one, many]) => `${values(number)} ${number === 1 ? one : many}`)
}

export const KIND_TITLES: Record<ReasonKind, string> = { refused: 'Nicht übernommen', corrected: 'Korrigiert', note: 'So wurde gelesen' }

/** For causes that the sender can mend: what to do. The first that fits counts. */
const ADVICE: [RegExp, string][] = [
  [/Excel/, 'Öffnen Sie die Datei in Excel, wählen Sie „Speichern unter“ und dort „CSV UTF-8 (durch Trennzeichen getrennt)“, und senden Sie die neue Datei.'],
  [/^keine Zeit$/, 'Gelesen werden Zeiten wie 31.12.2026 14:15 oder 2026-12-31T14:15:00+01:00; Datum und Uhrzeit dürfen in zwei Spalten stehen. Summenzeilen können Sie weglassen.'],
  [/Einheit/, 'Senden Sie die Datei mit Angabe der Einheit (kW oder kWh) noch einmal: „Mit Angaben erneut senden“ in der Liste der Dateien, oder vorher unter „Angaben zur Datei“.'],
  [/Ortszeit gibt es nicht/, 'Die Datei zählt vermutlich ganzjährig Winterzeit; dann sind auch die übernommenen Werte um eine Stunde verschoben. Senden Sie sie mit der Uhr „ganzjährig Winterzeit (MEZ)“ noch einmal: Das berichtigt alle Werte.'],
  [/ohne Zeitzone|die Uhr /i, 'Senden Sie die Datei mit Angabe der Uhr noch einmal: „Mit Angaben erneut senden“ in der Liste der Dateien, oder vorher unter „Angaben zur Datei“.'],
  [/nennt keinen Zähler/, 'Senden Sie die Datei mit der Zählernummer noch einmal: „Mit Angaben erneut senden“ in der Liste der Dateien, oder vorher unter „Angaben zur Datei“.'],
  [/doppelt/, 'Sie müssen nichts tun: Jedes Intervall zählt einmal.'],
  [/keine Zahl/, 'Berichtigen Sie die genannten Zellen und senden Sie die Datei noch einmal; was schon übernommen ist, ändert sich dabei nicht.'],
  [/Spalten/, 'Prüfen Sie die genannten Zeilen: Meist steht dort ein Trennzeichen zu viel oder zu wenig.'],
  [/überschneidet/, 'Für diese Zeit sind Werte mit anderer Intervalllänge gespeichert. Löschen Sie den Zähler oder senden Sie Werte gleicher Länge.'],
  [/kein Wert/, 'Die leeren Zellen stehen als Lücke im Lastgang. Sobald Sie die Werte nachliefern, schließt sie sich.'],
]

export function adviceOf(reason: Reason): string | null {
  if (reason.kind === 'note') return null
  return ADVICE.find(([pattern]) => pattern.test(reason.text))?.[1] ?? null
}

/** Whether a word of the sender's (meter, unit, clock) would help. */
export function wantsHints(report: Report): boolean {
  return report.reasons.some((reason) => reason.kind === 'refused' && /nennt keinen Zähler|Einheit|ohne Zeitzone|Ortszeit gibt es nicht/.test(reason.text))
}

/** The first cause for which something was not taken, as a sentence begins. */
export function firstRefusal(report: Report): string | null {
  const found = report.reasons.find((reason) => reason.kind === 'refused')
  return found ? sentence(found.text) : null
}

export function sentence(text: string): string {
  return text.charAt(0).toLocaleUpperCase('de') + text.slice(1)
}

export function windowText(report: Report): string | null {
  if (report.start === null || report.end === null) return null
  const [first, last] = [formatAt(report.start), formatAt(report.end)]
  return first === last ? first : `${first} bis ${last}`
}

const KIND_WORDS: Record<ReasonKind, string> = { refused: 'nicht übernommen', corrected: 'korrigiert', note: 'Hinweis' }

/** A cell that a spreadsheet takes neither apart nor for a formula. */
function cell(value: string | number): string {
  const text = typeof value === 'number' ? String(value) : /^\s*[=+\-@]|^[\t\r\n]/.test(value) ? `'${value}` : value
  return `"${text.replaceAll('"', '""').replaceAll(/[\r\n]+/g, ' ')}"`
}

/** The report as German CSV: a line for each place that it names. */
export function reportCsv(name: string, report: Report): string {
  const head = ['Datei', 'Was', 'Grund', 'Anzahl', 'Stelle', 'Was tun']
  const sums: (string | number)[][] = [
    [name, 'übernommen', 'ohne Änderung', report.accepted, '', ''],
    [name, 'korrigiert', 'zusammen', report.corrected, '', ''],
    [name, 'nicht übernommen', 'zusammen', report.refused, '', ''],
  ]
  const reasons = report.reasons.flatMap((reason) =>
    (reason.places.length > 0 ? reason.places : ['']).map((place) => [name, KIND_WORDS[reason.kind], reason.text, reason.count, place, adviceOf(reason) ?? '']),
  )
  return `${[head, ...sums, ...reasons].map((row) => row.map(cell).join(';')).join('\r\n')}\r\n`
}

/** How a delivery was taken back, as its report tells; null where it was not. */
export function readTakenBack(report: Record<string, unknown>): { at: string; restored: number; removed: number } | null {
  const told = report.taken_back
  if (typeof told !== 'object' || told === null) return null
  const { at, restored, removed } = told as Record<string, unknown>
  return { at: String(at), restored: Number(restored ?? 0), removed: Number(removed ?? 0) }
}
