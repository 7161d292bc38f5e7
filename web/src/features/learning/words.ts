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
