/** What a run counted in, its way and what other thresholds would mean out. The API hands the counts on as they were noted. */

import type { SeedRun } from '@/api/types'
import { formatCount, plural } from '@/lib/format'

export type Measure = 'quality' | 'confidence' | 'completeness'

export const MEASURES: readonly { value: Measure; label: string }[] = [
  { value: 'quality', label: 'Güte' },
  { value: 'confidence', label: 'Sicherheit' },
  { value: 'completeness', label: 'Vollständigkeit' },
]

const GATE = 'gate'
/** Who objected is left out before the first step. */
const OBJECTION = 'objection'

type Counts = Record<string, unknown>

const isTable = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value)
const numberOf = (value: unknown): number | null => (typeof value === 'number' && Number.isFinite(value) ? value : null)

/** How many rows each step took out. */
export function removedBy(counts: Counts): Record<string, number> {
  if (!isTable(counts.steps)) return {}
  return Object.fromEntries(Object.entries(counts.steps).flatMap(([step, n]) => (typeof n === 'number' ? [[step, n]] : [])))
}

export function countOf(counts: Counts, name: string): number | null {
  return numberOf(counts[name])
}

export function problemsOf(counts: Counts): string[] {
  return Array.isArray(counts.problems) ? counts.problems.filter((one) => typeof one === 'string') : []
}

/** Why records were held back by the policy, with how many. */
export function heldReasons(counts: Counts): [reason: string, n: number][] {
  const reasons = isTable(counts.gate) && isTable(counts.gate.reasons) ? Object.entries(counts.gate.reasons) : []
  return reasons.flatMap(([reason, n]) => (typeof n === 'number' ? [[reason, n] as [string, number]] : []))
}

/** What keeps a whole version from use. */
export function gateFaults(counts: Counts): string[] {
  return isTable(counts.gate) && Array.isArray(counts.gate.faults) ? counts.gate.faults.filter((one) => typeof one === 'string') : []
}

export interface Stage {
  key: string
  /** Rows that leave it; null: not known (yet). */
  rows: number | null
  /** Rows that it took out. */
  out: number | null
}

/** The way from the source to the version; `live` are rows by stage of a run under way. Of one that did not end well only what came in is known. */
export function wayOf(steps: readonly string[], run: SeedRun | undefined, live: Record<string, number> = {}): Stage[] {
  const counts = run?.counts ?? {}
  const came = countOf(counts, 'rows_in') ?? live.source ?? null
  const by = removedBy(counts)
  const whole = run?.state === 'done' && came !== null
  let before = came
  const named = [...new Set([...(OBJECTION in by ? [OBJECTION] : []), ...steps, ...Object.keys(by).filter((step) => step !== GATE), GATE])]
  let left = came ?? 0
  const between = named.map((key) => {
    if (!whole) {
      const rows = live[key] ?? null
      const out = rows !== null && before !== null ? Math.max(0, before - rows) : null
      before = rows
      return { key, rows, out }
    }
    const out = by[key] ?? 0
    left -= out
    return { key, rows: left, out }
  })
  return [{ key: 'source', rows: came, out: null }, ...between, { key: 'version', rows: whole ? (countOf(counts, 'kept') ?? left) : null, out: null }]
}

interface Known {
  at: number
  kept: number
  /** As the API tells it. */
  text?: string
}

export interface Threshold {
  now: number
  /** Records that were judged. */
  total: number
  /** Records by tens of points. */
  histogram: number[]
  /** How many records pass at some thresholds, by threshold; the first is 0. */
  known: Known[]
}

const TEN = 10

function whatIfOf(counts: Counts, measure: Measure): { now: number; at: number; kept: number; fewer: number; text: string }[] {
  const told = Array.isArray(counts.what_if) ? counts.what_if.filter(isTable) : []
  return told.flatMap((one) => {
    const [now, at, kept, fewer] = [one.now, one['then'], one.kept, one.fewer].map(numberOf)
    return one.measure === measure && now != null && at != null && kept != null && fewer != null ? [{ now, at, kept, fewer, text: String(one.text ?? '') }] : []
  })
}

/** A measure's threshold with what is known of others; null where a run did not come as far as judging. */
export function thresholdOf(counts: Counts, measure: Measure): Threshold | null {
  const spread = counts[measure]
  const histogram = isTable(spread) && Array.isArray(spread.histogram) ? spread.histogram.map((n) => numberOf(n) ?? 0) : []
  const told = whatIfOf(counts, measure)
  const first = told[0]
  if (histogram.length !== TEN || !first) return null
  const total = histogram.reduce((sum, n) => sum + n, 0)
  const known = new Map<number, Known>()
  let passed = total
  for (const [ten, n] of histogram.entries()) {
    known.set(ten * TEN, { at: ten * TEN, kept: passed })
    passed -= n
  }
  known.set(first.now, { at: first.now, kept: first.kept + first.fewer })
  for (const { at, kept, text } of told) known.set(at, { at, kept, text })
  return { now: first.now, total, histogram, known: [...known.values()].toSorted((a, b) => a.at - b.at) }
}

/** The highest threshold of which something is known. */
export function highest({ known }: Threshold): number {
  return known.at(-1)?.at ?? 0
}

/** How many records pass, and whether that is exact; between two known thresholds they count as evenly spread. */
export function passing({ known }: Threshold, at: number): { kept: number; exact: boolean } {
  const above = known.findIndex((one) => one.at >= at)
  const [low, high] = [known[above - 1], known[above]]
  if (high?.at === at || !low) return { kept: high?.kept ?? 0, exact: high?.at === at }
  if (!high) return { kept: low.kept, exact: false }
  const share = (at - low.at) / (high.at - low.at)
  return { kept: Math.round(low.kept + share * (high.kept - low.kept)), exact: low.kept === high.kept }
}

/** What another threshold would mean, in one sentence. */
export function whatIf(threshold: Threshold, then: number): string {
  const { now, known, total } = threshold
  const { kept, exact } = passing(threshold, then)
  if (then === now) return `${now} gilt: ${formatCount(kept)} von ${plural(total, 'Datensatz', 'Datensätzen')} erreichen das.`
  const told = known.find((one) => one.at === then)?.text
  if (told) return told
  const fewer = passing(threshold, now).kept - kept
  const head = `${then} statt ${now}: `
  if (fewer === 0) return `${head}${exact ? '' : 'etwa '}kein Datensatz anders.`
  return `${head}${exact ? '' : 'etwa '}${plural(Math.abs(fewer), 'Datensatz', 'Datensätze')} ${fewer > 0 ? 'weniger' : 'mehr'}.`
}
