/** One question and all that came back for it; stream events in, the next state out. */

import type { Answer, Citation, FoundPassage, Sentence } from '@/api/types'
import type { ServerEvent } from '@/lib/sse'

export type Phase = 'asking' | 'done' | 'stopped' | 'failed'

export interface Filters {
  tag?: string
  kind?: string
  asOf?: string
}

export interface Turn {
  id: string
  question: string
  filters: Filters
  phase: Phase
  stage: string
  passages: FoundPassage[]
  sentences: Sentence[]
  citations: Citation[]
  answer: Answer | null
  fault: { message: string; traceId: string | null } | null
  endedAt: number | null
}

export function newTurn(id: string, question: string, filters: Filters): Turn {
  return { id, question, filters, phase: 'asking', stage: 'searching', passages: [], sentences: [], citations: [], answer: null, fault: null, endedAt: null }
}

function parse<T>(data: string): T | null {
  try {
    return JSON.parse(data) as T
  } catch {
    return null
  }
}

function addCitations(known: Citation[], fresh: Citation[] | undefined): Citation[] {
  const numbers = new Set(known.map((citation) => citation.number))
  return [...known, ...(fresh ?? []).filter((citation) => !numbers.has(citation.number))]
}

type SentenceEvent = Sentence & { new_citations?: Citation[] }

/** What one event changes; unknown or unreadable events change nothing. */
export function applyEvent(turn: Turn, event: ServerEvent, now: number): Turn {
  const data = parse<Record<string, unknown>>(event.data)
  if (data === null || turn.phase !== 'asking') return turn
  if (event.event === 'status') return { ...turn, stage: String(data.stage ?? turn.stage) }
  if (event.event === 'passages') return { ...turn, passages: (data.passages ?? []) as FoundPassage[] }
  if (event.event === 'sentence') {
    const sentence = data as unknown as SentenceEvent
    const { text, citations, checked } = sentence
    return { ...turn, stage: 'writing', sentences: [...turn.sentences, { text, citations, checked }], citations: addCitations(turn.citations, sentence.new_citations) }
  }
  if (event.event === 'final') return finish(turn, data as unknown as Answer, now)
  if (event.event === 'error') {
    return { ...turn, phase: 'failed', fault: { message: String(data.message ?? 'Die Antwort ist abgebrochen.'), traceId: (data.trace_id as string) ?? null }, endedAt: now }
  }
  return turn
}

export function finish(turn: Turn, answer: Answer, now: number | null): Turn {
  return { ...turn, phase: 'done', answer, sentences: answer.sentences, citations: answer.citations, endedAt: now }
}

export function fail(turn: Turn, message: string, traceId: string | null, now: number): Turn {
  return turn.phase === 'asking' ? { ...turn, phase: 'failed', fault: { message, traceId }, endedAt: now } : turn
}

export function stop(turn: Turn, now: number): Turn {
  return turn.phase === 'asking' ? { ...turn, phase: 'stopped', endedAt: now } : turn
}

/** The answer as text for the clipboard, with its sources below. */
export function asText(turn: Turn): string {
  const body = turn.sentences.map((s) => [s.text, ...s.citations.map((n) => `[${n}]`)].join(' ')).join(' ')
  const used = turn.citations.map((c) => `[${c.number}] ${sourceName(c)}`)
  return used.length > 0 ? `${body}\n\nQuellen:\n${used.join('\n')}\n` : `${body}\n`
}

export function sourceName(citation: Pick<Citation, 'title' | 'section' | 'page'>): string {
  const section = citation.section && citation.section !== citation.title ? citation.section : ''
  return [citation.title, section, citation.page === null ? '' : `S. ${citation.page}`].filter(Boolean).join(' · ')
}
