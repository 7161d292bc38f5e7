/** Pipelines, runs and versions in words. */

import type { DatasetVersion, EngineDelivery, SeedRun } from '@/api/types'
import { stageName, type Word } from '@/lib/words'

const STEPS: Record<string, string> = {
  corpora: 'Verzeichnis der Quellen',
  evaluation: 'Messsätze',
  exact: 'Gleiche',
  fuzzy: 'Fast Gleiche',
  gate: 'Regeln',
  harmonise: 'Vereinheitlichen',
  objection: 'Widersprüche',
  mitigate: 'Angleichen der Gruppen',
  outliers: 'Ausreißer',
  redact: 'Personenbezug',
  rules: 'Eigene Regeln',
  semantic: 'Sinngleiche',
}

/** What a step is called. */
export function stepName(step: string): string {
  return STEPS[step] ?? step
}

const RUNS: Record<string, Word> = {
  running: { label: 'läuft', shade: 'brand' },
  done: { label: 'fertig', shade: 'ok' },
  stopped: { label: 'angehalten', shade: 'warn' },
  failed: { label: 'gescheitert', shade: 'bad' },
}

export function runState(state: SeedRun['state']): Word {
  return RUNS[state] ?? { label: state, shade: 'neutral' }
}

const VERSIONS: Record<string, Word> = {
  candidate: { label: 'Anwärter', shade: 'neutral' },
  trial: { label: 'im Versuch', shade: 'warn' },
  live: { label: 'in Gebrauch', shade: 'ok' },
  former: { label: 'abgelöst', shade: 'neutral' },
  withdrawn: { label: 'zurückgenommen', shade: 'neutral' },
}

export function versionState(state: DatasetVersion['state']): Word {
  return VERSIONS[state] ?? { label: state, shade: 'neutral' }
}

const DELIVERIES: Record<string, Word> = {
  live: { label: 'geliefert', shade: 'ok' },
  unchanged: { label: 'unverändert', shade: 'neutral' },
  taken_back: { label: 'zurückgenommen', shade: 'warn' },
  refused: { label: 'abgewiesen', shade: 'warn' },
  skipped: { label: 'nichts dabei', shade: 'neutral' },
  unreachable: { label: 'nicht erreichbar', shade: 'bad' },
}

/** What came of a delivery to an engine. */
export function deliveryState(state: EngineDelivery['state']): Word {
  return DELIVERIES[state] ?? { label: state, shade: 'neutral' }
}

const FIGURE = new Intl.NumberFormat('de-DE', { maximumSignificantDigits: 4 })

/** An engine's own figure. */
export function figure(value: number): string {
  return FIGURE.format(value)
}

const SOURCES: Record<string, string> = {
  sample: 'Beispieldaten',
  folder: 'Ordner',
  table: 'Datenbanktabelle',
  rest: 'Schnittstelle',
  pages: 'Webseiten',
  bucket: 'Speicher (S3)',
  room: 'Nova selbst',
  benchmark: 'Fragensammlung',
  synthetic: 'Nachgebildetes',
}

export function sourceKind(source: string): string {
  return SOURCES[source] ?? source
}

const PURPOSES: Record<string, string> = { operations: 'Betrieb', service: 'Auskunft', analytics: 'Auswertung', training: 'Training', profiling: 'Nutzung auswerten' }

export function purposeName(purpose: string): string {
  return PURPOSES[purpose] ?? purpose
}

export function licenceName(licence: string): string {
  return licence === 'eigen' ? 'eigene Daten' : licence
}

const SPLITS: Record<string, string> = { train: 'Training', validation: 'Validierung', test: 'Test' }

export function splitName(split: string): string {
  return SPLITS[split] ?? split
}

/** The first signs of a version's name: enough to tell it apart, and what the commands take. */
export function shortVersion(version: string): string {
  return version.slice(0, 12)
}

const CLEANING = 'gesäubert: '

/** What a run does now, from its job's stage: that names the step of cleaning which is done. */
export function atWork(stage: string): string {
  return stage.startsWith(CLEANING) ? `säubert, fertig ist „${stepName(stage.slice(CLEANING.length))}“` : stageName(stage)
}

const STAGES: Record<string, string> = { sammeln: 'source', beurteilen: 'gate', ablegen: 'version' }

/** Which stage of the way a job's stage counts, and which one is at work. */
export function stageOf(stage: string, steps: readonly string[]): { counted: string | undefined; active: string | undefined } {
  if (!stage.startsWith(CLEANING)) return { counted: STAGES[stage], active: STAGES[stage] }
  const done = stage.slice(CLEANING.length)
  return { counted: done, active: steps[steps.indexOf(done) + 1] ?? 'gate' }
}
