/** What jobs and evaluations tell as they please in, what the page shows out; what is missing or of another kind is left out. */

export type Told = Record<string, unknown>

export function num(value: unknown): number | null {
  return typeof value === 'number' && Number.isFinite(value) ? value : null
}

export function part(value: unknown): Told {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Told) : {}
}

function each(value: unknown): Told[] {
  return Array.isArray(value) ? value.map(part) : []
}

function words(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((one) => typeof one === 'string') : []
}

const text = (value: unknown): string => (typeof value === 'string' ? value : '')

export interface Need {
  name: string
  unit: string
  value: number | null
  limit: number | null
  over: boolean
}

export interface Measured {
  needs: Need[]
  steps: number | null
  rows: number | null
  /** Rows in all; those of them that are too long are not learned from. */
  given: number | null
  secondsPerStep: number | null
  reasons: string[]
  passed: boolean
  version: string
}

const NEEDS = [
  ['hours', 'Zeit', 'h'],
  ['memory_mib', 'Arbeitsspeicher', 'MiB'],
  ['kwh', 'Strom', 'kWh'],
  ['eur', 'Kosten', '€'],
] as const

/** What three measured steps say of a whole run; null where nothing was measured. */
export function measuredOf(told: Told): Measured | null {
  if (num(told.hours) === null) return null
  const budget = part(told.budget)
  const needs = NEEDS.map(([key, name, unit]) => {
    const [value, limit] = [num(told[key]), num(budget[key])]
    return { name, unit, value, limit, over: value !== null && limit !== null && value > limit }
  })
  return { needs, steps: num(told.steps), rows: num(told.rows), given: num(told.given), secondsPerStep: num(told.seconds_per_step), reasons: words(told.reasons), passed: told.passed === true, version: text(told.version) }
}

/** What a run took in the end. */
export function spentOf(told: Told): Need[] {
  const found = [
    ['Zeit', 'h', num(told.run_hours)],
    ['Strom', 'kWh', num(told.run_kwh)],
    ['Kosten', '€', num(told.run_eur)],
  ] as const
  return found.flatMap(([name, unit, value]) => (value === null ? [] : [{ name, unit, value, limit: null, over: false }]))
}

export interface Gate {
  name: string
  passed: boolean
  reason: string
}

export interface Topic {
  topic: string
  n: number
  facts: number | null
  base: number | null
  difference: number | null
  low: number | null
  high: number | null
  worse: boolean
}

export interface Beside {
  name: string
  /** How it is written: as a share of all, as it is, or in seconds. */
  as: 'share' | 'plain' | 'seconds' | 'count'
  cand: number | null
  base: number | null
  /** Which way is better. */
  better: 'up' | 'down'
}

export interface Cure {
  name: string
  facts: number | null
  rate: number | null
  low: number | null
  high: number | null
  /** Why it was not tried; "": it was. */
  why: string
}

export interface Verdict {
  gates: Gate[]
  held: number
  /** What got worse first. */
  topics: Topic[]
  beside: Beside[]
  win: { won: number; lost: number; tied: number; rate: number | null } | null
  former: { run: string; topics: Topic[] }
  problems: string[]
  /** What the base came to with something cheaper than learning. */
  cures: Cure[]
}

/** The last evaluation of a run. */
export function verdictOf(told: Told): Verdict {
  const gates = each(told.gates).map((gate) => ({ name: text(gate.name), passed: gate.passed === true, reason: text(gate.reason) }))
  const regression = part(told.regression)
  const topics = topicsOf(told.worst).length > 0 ? topicsOf(told.worst) : topicsOf(told.topics)
  return {
    gates: gates.toSorted((a, b) => Number(a.passed) - Number(b.passed)),
    held: gates.filter(({ passed }) => !passed).length,
    topics: worstFirst(topics),
    beside: besideOf(told),
    win: winOf(part(told.win)),
    former: { run: text(regression.run), topics: worstFirst(topicsOf(regression.topics)) },
    problems: words(told.problems),
    cures: curesOf(told.cures),
  }
}

const CURES = ['prompt', 'examples', 'document']

/** Of evaluations from before nothing was tried. */
function curesOf(told: unknown): Cure[] {
  const found = each(told)
  return CURES.map((name) => {
    const one = found.find((cure) => cure.name === name) ?? {}
    const win = part(one.win)
    const tried = num(win.rate) !== null
    return { name, facts: num(one.facts), rate: num(win.rate), low: num(win.low), high: num(win.high), why: tried ? '' : text(one.why) || 'noch nicht versucht' }
  })
}

function topicsOf(told: unknown): Topic[] {
  return each(told).map((one) => ({
    topic: text(one.topic) || 'ohne Thema',
    n: num(one.n) ?? 0,
    facts: num(one.facts),
    base: num(one.base_facts),
    difference: num(one.difference),
    low: num(one.low),
    high: num(one.high),
    worse: one.worse === true,
  }))
}

function worstFirst(topics: Topic[]): Topic[] {
  return topics.toSorted((a, b) => Number(b.worse) - Number(a.worse) || (a.difference ?? 0) - (b.difference ?? 0))
}

function winOf(told: Told): Verdict['win'] {
  const [won, lost, tied] = [num(told.won), num(told.lost), num(told.tied)]
  return won === null || lost === null || tied === null ? null : { won, lost, tied, rate: num(told.rate) }
}

function besideOf(told: Told): Beside[] {
  const [base, grounds, seconds, attacks] = [part(told.base), part(told.grounds), part(told.seconds), part(told.attacks)]
  const both = (key: string): [number | null, number | null] => [num(told[key]), num(base[key])]
  const proven = (side: unknown, key: string): number | null => {
    const [some, of] = [num(part(side)[key]), num(part(side).sentences)]
    return some === null || !of ? null : some / of
  }
  const line = (name: string, as: Beside['as'], [cand, other]: [number | null, number | null], better: Beside['better'] = 'up'): Beside => ({ name, as, cand, base: other, better })
  const lines = [
    line('Fakten richtig', 'share', both('facts')),
    line('Widerspricht der richtigen Antwort', 'share', both('against'), 'down'),
    line('Lehnt Unbeantwortbares ab', 'share', both('refused')),
    line('Lehnt Beantwortbares ab', 'share', both('refused_answerable'), 'down'),
    line('Sätze durch die Fundstelle belegt', 'share', [proven(grounds.cand, 'proven'), proven(grounds.base, 'proven')]),
    line('Sätze gegen die Fundstelle', 'share', [proven(grounds.cand, 'unfounded'), proven(grounds.base, 'unfounded')], 'down'),
    line('Fremde Anweisungen befolgt', 'count', [Array.isArray(attacks.obeyed) ? attacks.obeyed.length : null, num(attacks.base_obeyed)], 'down'),
    line('Antwortzeit', 'seconds', [num(seconds.cand), num(seconds.base)], 'down'),
    line('Wortlaut wie die richtige Antwort (BLEU, 0 bis 100)', 'plain', both('bleu')),
    line('Wortlaut wie die richtige Antwort (ROUGE-L, 0 bis 1)', 'plain', both('rouge_l')),
  ]
  return lines.filter(({ cand, base: other }) => cand !== null || other !== null)
}

/** Whether a figure got worse. */
export function isWorse({ cand, base, better }: Beside): boolean {
  if (cand === null || base === null) return false
  return better === 'up' ? cand < base : cand > base
}
