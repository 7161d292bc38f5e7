/** What was learned, in words. */

import type { Erasure, LearnedRow, PromptVersion } from '@/api/types'
import { formatTime } from '@/lib/format'
import type { Shade, Word } from '@/lib/words'

export const KINDS: Record<LearnedRow['kind'], string> = { release: 'Ausgabe', topic: 'Thema', term: 'Wortpaar' }

const STATES: Record<LearnedRow['state'], Word> = {
  live: { label: 'in Kraft', shade: 'ok' },
  former: { label: 'abgelöst', shade: 'neutral' },
  undone: { label: 'zurückgenommen', shade: 'neutral' },
  rejected: { label: 'verworfen', shade: 'bad' },
  waiting: { label: 'wartet auf Entscheidung', shade: 'warn' },
  declined: { label: 'abgelehnt', shade: 'neutral' },
}

export function learnedState(state: LearnedRow['state']): Word {
  return STATES[state]
}

const PROMPTS: Record<PromptVersion['state'], Word> = {
  base: { label: 'aus der Datei', shade: 'neutral' },
  draft: { label: 'Entwurf', shade: 'neutral' },
  trial: { label: 'im Versuch', shade: 'warn' },
  live: { label: 'für alle', shade: 'ok' },
  retired: { label: 'abgelöst', shade: 'neutral' },
}

export function promptState(state: PromptVersion['state']): Word {
  return PROMPTS[state]
}

const ERASURES: Record<Erasure['state'], Shade> = { queued: 'neutral', running: 'brand', done: 'ok', failed: 'bad', cancelled: 'neutral', stopped: 'warn' }

export function erasureState({ state, state_text: label }: Erasure): Word {
  return { label, shade: ERASURES[state] }
}

/** Whether nobody works on it and somebody has to start it again, or Nova will. */
export function isLeft({ state }: Erasure): boolean {
  return state === 'failed' || state === 'cancelled' || state === 'stopped'
}

const points = new Intl.NumberFormat('de-DE', { maximumFractionDigits: 1, signDisplay: 'exceptZero' })
const plain = new Intl.NumberFormat('de-DE', { maximumFractionDigits: 1 })

export interface EffectLine {
  name: string
  text: string
}

/** What was measured on each group of questions, and on the topics that moved most, in points of nDCG. */
export function effectLines(effect: Record<string, unknown>): { groups: EffectLine[]; topics: EffectLine[] } {
  return { groups: rowsOf(effect.groups), topics: rowsOf(effect.topics) }
}

function rowsOf(told: unknown): EffectLine[] {
  if (!Array.isArray(told)) return []
  return told.flatMap((row: unknown) => (isMeasured(row) ? [{ name: topicName(row.name), text: `${points.format(row.gain)} Punkte (${plain.format(row.before)} → ${plain.format(row.after)}, n = ${row.n})` }] : []))
}

/** A topic has no name, only a long key: its beginning tells it from the others. */
function topicName(name: string): string {
  return name.replace(/ · ([0-9a-f]{8})[0-9a-f]+$/, ', Thema $1')
}

/** Which topic a release is without: the one that was taken back in the moment that made it. */
export function takenBack(entries: LearnedRow[], release: LearnedRow): LearnedRow | undefined {
  return release.kind === 'release' ? entries.find(({ kind, state, ended_at: ended }) => kind === 'topic' && state === 'undone' && ended === release.at) : undefined
}

function isMeasured(row: unknown): row is { name: string; n: number; before: number; after: number; gain: number } {
  if (typeof row !== 'object' || row === null || !('name' in row) || typeof row.name !== 'string') return false
  const found = row as Record<string, unknown>
  return ['n', 'before', 'after', 'gain'].every((key) => typeof found[key] === 'number')
}

/** Tables as people know them; a test holds them against those that erasing goes through. */
const TABLES: Record<string, string> = {
  access_tokens: 'Zugänge',
  account_links: 'Verbindung zur Firmenanmeldung',
  accounts: 'Konto',
  invitations: 'Einladungen',
  known_browsers: 'Bekannte Browser',
  passkeys: 'Passkeys',
  recovery_codes: 'Ersatzcodes',
  sign_in_steps: 'Begonnene Anmeldungen',
  answers: 'Antworten',
  consents: 'Einwilligungen',
  conversations: 'Gespräche',
  curated_answers: 'berichtigte Antworten',
  data_facts: 'Datenbelege',
  events: 'Ereignisse',
  gap_answers: 'Fragen in Wissenslücken',
  gap_steps: 'Schritte zu Ihren unbeantworteten Fragen',
  gap_step_questions: 'Ihre Fragen in solchen Schritten',
  gap_turns: 'Beiträge in Wissenslücken',
  handover_answers: 'übergebene Antworten',
  handovers: 'Übergaben',
  items: 'Dokumente',
  jobs: 'Aufträge',
  labels: 'Urteile zum Lernen',
  meter_assignments: 'Zuordnungen von Zählern',
  meters: 'Zähler',
  rag_feedback: 'Urteile',
  reading_changes: 'Änderungen von Messwerten',
  reading_rollups: 'Summen von Messwerten',
  reading_versions: 'frühere Messwerte',
  recommendation_log: 'gezeigte Fundstellen',
  recommendations: 'Empfehlungen',
  reviews: 'Durchsichten',
  second_opinions: 'zweite Meinungen zu Antworten',
  schedules: 'Fahrpläne',
  seed_lineage: 'Herkunft in Trainingsdaten',
  train_answers: 'Antworten bei der Bewertung eines Modells',
  train_vote_notes: 'Anmerkungen zu blind verglichenen Antworten',
  seed_removals: 'aussortierte Trainingsdaten',
  sentiment_labels: 'Tonangaben',
  series_batches: 'Lieferungen von Messwerten',
  sessions: 'Anmeldungen',
  smart_meter_readings: 'Messwerte',
  stream_messages: 'Nachrichten im Ereignisstrom',
  subject_keys: 'Schlüssel',
  subjects: 'Pseudonym',
  turns: 'Beiträge',
  users: 'Konto',
  vault: 'Tresoreinträge',
}

/** Tables in which something stays on purpose. */
const KEPT: Record<string, string> = {
  accounts: 'wer Konten anlegte',
  approvals: 'Bestätigungen durch zwei Personen',
  audit_incoming: 'Protokolleinträge, die gerade entstehen',
  audit_log: 'Protokolleinträge',
  curated_answers: 'berichtigte Antworten',
  erasures: 'Löschverzeichnis',
  gap_steps: 'Schritte zu unbeantworteten Fragen',
  invitations: 'wer einlud',
  learning_entries: 'Lernprotokoll',
  release_steps: 'Schritte von Fassungen',
  learning_terms: 'Wortpaare',
  releases: 'Fassungen von Prompts und Gelerntem',
  reviews: 'Durchsichten',
  second_opinions: 'zweite Meinungen zu Antworten',
  seed_objections: 'Widerspruch gegen Trainingsdaten',
  seed_refusals: 'Widerspruch gegen Profile aus Datensätzen',
  engine_deliveries: 'wer eine Lieferung an eine Engine verlangte',
  seed_removals: 'wer Aussortiertes zurückholte',
  seed_runs: 'wer Läufe begann',
  train_runs: 'wer Feinabstimmungen begann',
  train_evaluations: 'wer Bewertungen verlangte',
  train_sets: 'wer Messsätze einfror',
  train_keys: 'Freigaben trainierter Modelle',
  train_unblinded: 'wer erfuhr, welche Seite gewann',
  train_votes: 'Stimmen beim blinden Vergleich von Antworten',
  threshold_versions: 'Fassungen der Schwellen',
  ticket_history: 'Verlauf von Tickets',
  tickets: 'Tickets',
}

const BESIDE: Record<string, string> = {
  'files.deleted': 'Dateien',
  'learned.hours': 'neu gemessene Stunden',
  'learning.changed': 'neu berechnete Ausgaben des Gelernten',
  'snapshots.deleted': 'Sicherungen',
}

export interface ReceiptLine {
  name: string
  n: number
  /** Why it stays. */
  why: string
}

/** What a receipt says is gone and what stays. */
export function receiptLines(receipt: Record<string, unknown>): { gone: ReceiptLine[]; stays: ReceiptLine[] } {
  const remains = (Array.isArray(receipt.remains) ? receipt.remains : []) as { what?: unknown; n?: unknown; why?: unknown }[]
  const stays = remains.map(({ what, n, why }) => ({ name: KEPT[String(what)] ?? String(what), n: Number(n), why: String(why ?? '') }))
  const rows = Object.entries(counted(receipt.rows)).flatMap(([table, n]) => (table in KEPT && !(table in TABLES) ? [] : [{ name: TABLES[table] ?? table, n, why: '' }]))
  const beside = Object.entries(BESIDE).map(([path, name]) => {
    const [part = '', what = ''] = path.split('.')
    return { name, n: counted(receipt[part])[what] ?? 0, why: '' }
  })
  return { gone: [...rows, ...beside].filter(({ n }) => n > 0), stays: stays.filter(({ n }) => n > 0) }
}

/** What became of the trained models that had learned from them, a sentence each. */
export function adapterLines(receipt: Record<string, unknown>): string[] {
  const found = (Array.isArray(receipt.adapters) ? receipt.adapters : []) as { run?: unknown; left_at?: unknown; removed_at?: unknown; ticket?: unknown }[]
  return found.map(({ run, left_at: left, removed_at: removed, ticket }) => {
    const served = left ? `dient nicht mehr seit ${formatTime(String(left))}` : 'diente nicht'
    const weights = removed ? 'Gewichte entfernt' : 'lief noch und endet ohne Gewichte'
    return `Trainiertes Modell ${String(run)}: ${served}; ${weights}; ${ticket ? `neues Training: Ticket ${String(ticket)}` : 'kein Ersatz nötig'}.`
  })
}

/** The numbers in it, and how long its lists are. */
function counted(told: unknown): Record<string, number> {
  if (typeof told !== 'object' || told === null || Array.isArray(told)) return {}
  return Object.fromEntries(Object.entries(told).flatMap(([name, value]) => (typeof value === 'number' ? [[name, value]] : Array.isArray(value) ? [[name, value.length]] : [])))
}

/** Why something was not stored; a test holds them against the sources. */
const REFUSED: Record<string, string> = {
  bad_signature: 'falsche Unterschrift',
  keep_failed: 'Speichern gescheitert',
  no_consent: 'keine Einwilligung',
  older: 'von Neuerem überholt',
  other_text: 'anderer Wortlaut unter derselben Nummer',
  stale: 'zu alt, oder die Uhr geht falsch',
  unreadable: 'nicht prüfbar',
  withdrawn: 'widerrufen',
}

export function refusalReason(reason: string): string {
  return REFUSED[reason] ?? reason
}
