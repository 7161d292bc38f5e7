/** Words of the API in, words of the page out. */

import type { ItemKind, ItemStatus, JobState, ServiceStatus } from '@/api/types'

export type Shade = 'ok' | 'warn' | 'bad' | 'brand' | 'neutral'

export interface Word {
  label: string
  shade: Shade
}

const KINDS: Record<ItemKind, string> = { document: 'Dokument', regulation: 'Regelwerk', note: 'Notiz' }

export const ITEM_KINDS: ItemKind[] = ['document', 'regulation', 'note']
export const ITEM_STATUSES: ItemStatus[] = ['queued', 'running', 'ready', 'failed']

const ITEM_STATES: Record<ItemStatus, Word> = {
  queued: { label: 'wartet', shade: 'neutral' },
  running: { label: 'läuft', shade: 'warn' },
  ready: { label: 'bereit', shade: 'ok' },
  failed: { label: 'Fehler', shade: 'bad' },
}

const JOB_STATES: Record<JobState, Word> = {
  queued: { label: 'wartet', shade: 'neutral' },
  running: { label: 'läuft', shade: 'brand' },
  done: { label: 'fertig', shade: 'ok' },
  failed: { label: 'Fehler', shade: 'bad' },
  cancelled: { label: 'abgebrochen', shade: 'neutral' },
}

const SERVICE_STATES: Record<ServiceStatus, Word> = {
  ok: { label: 'in Ordnung', shade: 'ok' },
  degraded: { label: 'eingeschränkt', shade: 'warn' },
  failed: { label: 'gestört', shade: 'bad' },
  absent: { label: 'nicht eingerichtet', shade: 'neutral' },
}

const SERVICES: Record<string, string> = {
  api: 'API',
  db: 'Datenbank',
  qdrant: 'Suchindex',
  ollama: 'Sprachmodell',
  adapters: 'Trainiertes Modell',
  tika: 'Textextraktion',
  minio: 'Objektspeicher',
  clamav: 'Virenprüfung',
  jobs: 'Aufträge',
  disk: 'Speicherplatz',
  index: 'Stand des Index',
  snapshots: 'Sicherungen',
  embed: 'Einbettungen',
  stream: 'Ereignisstrom',
  workers: 'Arbeitsprozesse',
  thresholds: 'Schwellen',
  master_data: 'Stammdaten',
  second_opinions: 'Zweite Meinungen',
  vocabulary: 'Wortschatz',
  prompts: 'Prompt-Datei',
  look: 'Rundgang',
}

const STAGES: Record<string, string> = {
  '': 'wartet auf einen freien Platz',
  laden: 'lädt herunter',
  lesen: 'liest den Text',
  gliedern: 'gliedert in Abschnitte und Passagen',
  speichern: 'schreibt in die Datenbank',
  indexieren: 'trägt in den Index ein',
  lernen: 'lernt die Wörter des Bestands',
  aufbauen: 'baut den Index neu auf',
  aufräumen: 'räumt auf',
  einbetten: 'bettet Passagen ein',
  verdecken: 'verdeckt Überschriften für die Probe',
  fragen: 'stellt die Probefragen',
  sammeln: 'liest die Quelle',
  beurteilen: 'beurteilt die Güte',
  ablegen: 'legt die Fassung ab',
}

export function kindName(kind: string): string {
  return KINDS[kind as ItemKind] ?? kind
}

export function itemState(status: string): Word {
  return ITEM_STATES[status as ItemStatus] ?? { label: status, shade: 'neutral' }
}

export function jobState(state: JobState): Word {
  return JOB_STATES[state] ?? { label: state, shade: 'neutral' }
}

export function serviceState(status: ServiceStatus): Word {
  return SERVICE_STATES[status] ?? { label: status, shade: 'neutral' }
}

export function serviceName(name: string): string {
  return SERVICES[name] ?? name
}

export function stageName(stage: string): string {
  return STAGES[stage] ?? stage
}

const ROLES: Record<string, string> = { user: 'Person', customer: 'Person', employee: 'Mitarbeit', reviewer: 'Redaktion', engineer: 'Technik', auditor: 'Revision', admin: 'Betriebsverwaltung', service: 'Programm' }
/** What Nova does by itself stands under several names. */
const OWN: Record<string, string> = { '': 'Nova', nova: 'Nova', system: 'Nova', clock: 'Nova', chronos: 'Chronos', admin: 'Verwaltung' }

/** Who did something, short: "reviewer:04b312e8-…" as "Redaktion 04b312e8". */
export function actorName(actor: string): string {
  const [role = '', id = ''] = actor.split(':')
  return id ? `${ROLES[role] ?? role} ${id.slice(0, 8)}` : (OWN[actor] ?? actor)
}

/** The way back from what `actorName` says, or from its beginning: "Redaktion 04b" as "reviewer:04b"; anything else stays as it is. */
export function actorToken(name: string): string {
  const text = name.trim()
  if (/^(verwaltung|betreiber)$/i.test(text)) return 'admin'
  const [, word = '', id = ''] = /^(\p{L}+)[\s:]*([0-9a-f-]*)$/iu.exec(text) ?? []
  const role = Object.keys(ROLES).find((one) => ROLES[one]?.toLowerCase() === word.toLowerCase())
  return role ? `${role}:${id.toLowerCase()}` : text
}

const SOURCES: Record<string, string> = { nova: 'Luna', sophia: 'Sophia', hook: 'Anlieferung' }

/** Where words come from. */
export function sourceName(source: string): string {
  return SOURCES[source] ?? source
}

const CHANNELS: Record<string, string> = { chat: 'Chat', web: 'Web', phone: 'Telefon', telefon: 'Telefon', mail: 'E-Mail', email: 'E-Mail', app: 'App' }

export function channelName(channel: string): string {
  return CHANNELS[channel] ?? channel
}

export function isPending(status: string): boolean {
  return status === 'queued' || status === 'running'
}
