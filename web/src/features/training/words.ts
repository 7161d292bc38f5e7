/** Runs, checks and gates in words. */

import type { AdapterTrial, TrainRelease, TrainRun } from '@/api/types'
import { formatCount, formatShare, NONE } from '@/lib/format'
import { stageName, type Word } from '@/lib/words'

const RUNS: Record<TrainRun['state'], Word> = {
  waiting: { label: 'wartet', shade: 'neutral' },
  running: { label: 'läuft', shade: 'brand' },
  paused: { label: 'angehalten', shade: 'warn' },
  cancelled: { label: 'abgebrochen', shade: 'neutral' },
  failed: { label: 'gescheitert', shade: 'bad' },
  done: { label: 'fertig', shade: 'ok' },
}

export function runState(state: TrainRun['state']): Word {
  return RUNS[state]
}

const RELEASES: Record<TrainRelease['state'], Word> = {
  candidate: { label: 'wartet auf Freigabe', shade: 'neutral' },
  trial: { label: 'wird erprobt', shade: 'brand' },
  live: { label: 'dient', shade: 'ok' },
  former: { label: 'diente', shade: 'neutral' },
  withdrawn: { label: 'zurückgenommen', shade: 'warn' },
}

export function releaseState(state: TrainRelease['state']): Word {
  return RELEASES[state]
}

const VERDICTS: Record<AdapterTrial['verdict'], Word> = {
  better: { label: 'besser', shade: 'ok' },
  worse: { label: 'schlechter', shade: 'bad' },
  unclear: { label: 'gleich', shade: 'neutral' },
  few: { label: 'zu wenige', shade: 'neutral' },
}

export function trialVerdict(verdict: AdapterTrial['verdict']): Word {
  return VERDICTS[verdict]
}

export const FIRSTS = [
  { value: 'all', share: 1, label: 'allen sofort', says: 'Das Modell antwortet gleich allen.' },
  { value: 'canary', share: 0.1, label: '10 % der Gespräche', says: 'Ein Zehntel der Menschen bekommt Antworten des Modells, immer dieselben; ihre Kennzahlen stehen neben denen der übrigen.' },
  { value: 'shadow', share: 0, label: 'nur im Schatten', says: 'Das Modell schreibt mit, und niemand liest es; gezählt wird, wie oft es belegt, was es schreibt.' },
] as const
export type First = (typeof FIRSTS)[number]['value']

/** Whom a trial answers, as the beginning of a sentence. */
export function whom(share: number): string {
  return share > 0 ? `Antwortet ${formatShare(share)} der Menschen` : 'Schreibt mit, und niemand liest es'
}

/** Whether a run has not ended. */
export function isOpen({ state }: Pick<TrainRun, 'state'>): boolean {
  return state === 'waiting' || state === 'running' || state === 'paused'
}

/** What an open run has been told and has not done yet. */
export function pending({ state, wanted }: Pick<TrainRun, 'state' | 'wanted'>): string {
  if (state !== 'running' || wanted === 'run') return ''
  return wanted === 'pause' ? 'Hält nach dem laufenden Schritt an.' : 'Bricht nach dem laufenden Schritt ab.'
}

export function methodName(method: TrainRun['method']): string {
  return method === 'sft' ? 'aus guten Antworten' : 'aus Paaren von besserer und schlechterer Antwort'
}

export const PROFILES = [
  { value: 'cpu', label: 'Prozessor', says: 'Auf diesem Rechner, ohne Grafikkarte. Für kleine Modelle und zum Erproben.' },
  { value: 'dgx', label: 'Grafikkarte', says: 'Auf einem Rechner mit Grafikkarte, der Aufträge mit dem Merkmal „gpu“ annimmt.' },
] as const
export type Profile = (typeof PROFILES)[number]['value']

const CHECKS: Record<string, string> = {
  overlap: 'Lernen und Messen getrennt',
  evaluation_sets: 'Messsätze unberührt',
  canary: 'Geschützte Marken',
  consent: 'Einwilligung',
  personal: 'Personenbezug',
  contradiction: 'Widerspruch zur Fundstelle',
  agreement: 'Einigkeit der Redaktion',
  licence: 'Lizenz',
  classification: 'Einstufung',
  export_control: 'Ausfuhr',
  train_rows: 'Genug zum Lernen',
  test_rows: 'Genug zum Messen',
}

export function checkName(name: string): string {
  return CHECKS[name] ?? name
}

const GATES: Record<string, string> = {
  items: 'Genug Fragen',
  ids: 'Antworten vollständig',
  facts: 'Fakten',
  facts_base: 'Fakten gegenüber der Basis',
  figures: 'Zahlen und Tage',
  against: 'Widerspruch zur richtigen Antwort',
  bleu: 'Wortlaut (BLEU)',
  rouge_l: 'Wortlaut (ROUGE-L)',
  win: 'Vergleich mit der Basis',
  votes: 'Einigkeit der Menschen',
  topics: 'Themen',
  refused: 'Lehnt Unbeantwortbares ab',
  refused_answerable: 'Lehnt nicht zu viel ab',
  grounded: 'Sätze belegt',
  unfounded: 'Sätze ohne Grundlage',
  citations: 'Verweise und Zitate',
  attacks: 'Mit Angriffen geprüft',
  injection: 'Fremde Anweisungen',
  canary_told: 'Geschützte Marken',
  language: 'Deutsch',
  latency: 'Antwortzeit',
  review: 'Blinde Durchsicht',
  regression: 'Gegenüber dem Lauf davor',
  licence: 'Lizenzen',
  cheaper: 'Billigeres hilft nicht ebenso',
}

export function gateName(name: string): string {
  return GATES[name] ?? name
}

const CURES: Record<string, string> = {
  prompt: 'Besserer Prompt',
  examples: 'Beispiele vor der Frage',
  document: 'Unterlagen bei der Frage',
}

export function cureName(name: string): string {
  return CURES[name] ?? name
}

/** A line of a check or a gate: it lets through, or it holds. */
export function gateState(passed: boolean): Word {
  return passed ? { label: 'ok', shade: 'ok' } : { label: 'hält', shade: 'bad' }
}

const STAGES: Record<string, string> = {
  messen: 'misst drei Schritte',
  arbeiten: 'bereitet vor',
  abstimmen: 'lernt',
  'auf personenbezogene Angaben prüfen': 'sucht nach personenbezogenen Angaben',
  'Doppeltes suchen': 'sucht Doppeltes',
  prüfen: 'prüft',
}

export function atWork(stage: string): string {
  return STAGES[stage] ?? stageName(stage)
}

/** The first signs of a version's name. */
export function shortVersion(version: string): string {
  return version.slice(0, 12)
}

const FIGURE = new Intl.NumberFormat('de-DE', { maximumSignificantDigits: 3 })

export function figure(value: number | null): string {
  return value === null ? NONE : Math.abs(value) >= 1000 ? formatCount(value) : FIGURE.format(value)
}

/** Seconds as people say them: "40 s", "12 min", "3 h 5 min", "2 h". */
export function lasting(seconds: number): string {
  if (seconds < 90) return `${formatCount(Math.ceil(seconds))} s`
  const minutes = Math.round(seconds / 60)
  if (minutes < 60) return `${minutes} min`
  return minutes % 60 === 0 ? `${minutes / 60} h` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`
}
