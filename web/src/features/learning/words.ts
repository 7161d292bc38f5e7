/** What was learned, in words. */

import type { LearnedRow, PromptVersion } from '@/api/types'
import type { Word } from '@/lib/words'

export const KINDS: Record<LearnedRow['kind'], string> = { release: 'Ausgabe', topic: 'Thema', term: 'Wortpaar' }

const STATES: Record<LearnedRow['state'], Word> = {
  live: { label: 'in Kraft', shade: 'ok' },
  former: { label: 'abgelöst', shade: 'neutral' },
  undone: { label: 'zurückgenommen', shade: 'neutral' },
  rejected: { label: 'verworfen', shade: 'bad' },
  waiting: { label: 'wartet auf Sie', shade: 'warn' },
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

const points = new Intl.NumberFormat('de-DE', { maximumFractionDigits: 1, signDisplay: 'exceptZero' })
const plain = new Intl.NumberFormat('de-DE', { maximumFractionDigits: 1 })

export interface EffectLine {
  name: string
  text: string
}

/** What was measured on each group of questions, and on the topics that moved most, in points of nDCG. */
export function effectLines(effect: Record<string, unknown>): EffectLine[] {
  return [...rowsOf(effect.groups), ...rowsOf(effect.topics)]
}

function rowsOf(told: unknown): EffectLine[] {
  if (!Array.isArray(told)) return []
  return told.flatMap((row: unknown) => (isMeasured(row) ? [{ name: row.name, text: `${points.format(row.gain)} Punkte (${plain.format(row.before)} → ${plain.format(row.after)}, n = ${row.n})` }] : []))
}

function isMeasured(row: unknown): row is { name: string; n: number; before: number; after: number; gain: number } {
  if (typeof row !== 'object' || row === null || !('name' in row) || typeof row.name !== 'string') return false
  const found = row as Record<string, unknown>
  return ['n', 'before', 'after', 'gain'].every((key) => typeof found[key] === 'number')
}

const ACTIONS: Record<string, string> = {
  'alerts.run': 'Alarme bewertet',
  'alerts.silenced': 'Alarm stumm geschaltet',
  'consent.recorded': 'Einwilligung erklärt',
  'data.corrected': 'Daten berichtigt',
  'data.exported': 'Auskunft erteilt',
  'data.objected': 'Widerspruch eingelegt',
  'data.renamed': 'Daten umbenannt',
  'erasure.done': 'Löschung vollzogen',
  'erasure.requested': 'Löschung verlangt',
  'feed.started': 'Quelle gestartet',
  'feed.stopped': 'Quelle angehalten',
  'job.cancelled': 'Auftrag abgebrochen',
  'job.retried': 'Auftrag wiederholt',
  'learning.decided': 'Wortpaar entschieden',
  'learning.run': 'Lernlauf gestartet',
  'learning.started': 'Lernen eingeschaltet',
  'learning.stopped': 'Lernen angehalten',
  'learning.undone': 'Gelerntes zurückgenommen',
  'meter.changed': 'Zähler geändert',
  'meter.deleted': 'Zähler gelöscht',
  'pipeline.started': 'Ablauf gestartet',
  'prompt.added': 'Prompt angelegt',
  'prompt.promoted': 'Prompt freigegeben',
  'prompt.rolled_back': 'Prompt zurückgenommen',
  'prompt.trial': 'Prompt erprobt',
  'recommendation.decided': 'Empfehlung entschieden',
  'recommendation.reopened': 'Empfehlung wieder offen',
  'retention.started': 'Aufbewahrung geprüft',
  'review.decided': 'Durchsicht entschieden',
  'review.exported': 'Lernmenge ausgegeben',
  'review.filled': 'Durchsicht gefüllt',
  'review.reopened': 'Durchsicht wieder offen',
  'role.changed': 'Rolle geändert',
  'samples.loaded': 'Beispiele geladen',
  'snapshot.deleted': 'Sicherung gelöscht',
  'snapshot.downloaded': 'Sicherung geladen',
  'snapshot.proved': 'Sicherung geprüft',
  'snapshot.requested': 'Sicherung verlangt',
  'snapshot.restored': 'Sicherung eingespielt',
  'thresholds.saved': 'Schwellen gespeichert',
  'ticket.changed': 'Ticket geändert',
  'ticket.opened': 'Ticket eröffnet',
  'token.issued': 'Zugang ausgestellt',
  'token.revoked': 'Zugang gesperrt',
  'vault.lost': 'Tresor verloren',
  'vault.opened': 'Kennzeichen aufgelöst',
  'vault.refused': 'Auflösung abgelehnt',
  'vault.rotated': 'Tresorschlüssel gewechselt',
  'vocabulary.changed': 'Wortschatz geändert',
  'file.infected': 'Befallene Datei abgewiesen',
  'forecast.started': 'Vorhersage gestartet',
  'index.rebuild': 'Index neu aufgebaut',
  'index.weigh': 'Einbettungsmodell gemessen',
  'item.changed': 'Dokument geändert',
  'item.deleted': 'Dokument gelöscht',
  'item.received': 'Dokument aufgenommen',
  'recommend.started': 'Empfehlungen gerechnet',
  'schedule.deleted': 'Fahrplan gelöscht',
  'schedule.kept': 'Fahrplan aufbewahrt',
}

/** What was done, in words; the name itself where there are none. */
export function actionName(action: string): string {
  return ACTIONS[action] ?? action
}

const COUNTED: Record<string, string> = {
  'rows.access_tokens': 'Zugänge',
  'rows.answers': 'Antworten',
  'rows.consents': 'Einwilligungen',
  'rows.conversations': 'Gespräche',
  'rows.curated': 'freigegebene Antworten',
  'rows.events': 'Ereignisse',
  'rows.items': 'Dokumente',
  'rows.labels': 'Tonangaben',
  'rows.meters': 'Zähler',
  'rows.rag_feedback': 'Urteile',
  'rows.readings': 'Messwerte',
  'rows.reviews': 'Durchsichten',
  'rows.subjects': 'Person',
  'rows.turns': 'Beiträge',
  'rows.users': 'Konto',
  'rows.vault': 'Tresoreinträge',
  'index.points': 'Passagen im Index',
}

/** What a receipt counts, in words where people know the thing; the table's name otherwise. */
export function countedName(name: string): string {
  return COUNTED[name] ?? name.replace(/^rows\./, '')
}
