/** One question and all that came back for it; stream events in, the next state out. */

import type { Answer, AnswerRecord, AnswerStatus, Citation, ErrorEvent, Fact, FoundPassage, ItemKind, PassagesEvent, Sentence, SentenceEvent, StatusEvent } from '@/api/types'
import type { ServerEvent } from '@/lib/sse'
import { shortTitle } from '@/lib/titles'
import { isVeiled, worded } from '@/lib/veil'

export type Phase = 'asking' | 'done' | 'stopped' | 'failed'

export interface Filters {
  tag?: string
  kind?: ItemKind
  asOf?: string
  /** Nobody is in danger, whatever the question sounds like. */
  noEmergency?: boolean
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
  facts: Fact[]
  answer: Answer | null
  fault: { message: string; traceId: string | null } | null
  endedAt: number | null
}

export function newTurn(id: string, question: string, filters: Filters): Turn {
  return { id, question, filters, phase: 'asking', stage: 'searching', passages: [], sentences: [], citations: [], facts: [], answer: null, fault: null, endedAt: null }
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

/** What one event changes; unknown or unreadable events change nothing. */
export function applyEvent(turn: Turn, event: ServerEvent, now: number): Turn {
  const data = parse<unknown>(event.data)
  if (data === null || turn.phase !== 'asking') return turn
  switch (event.event) {
    case 'status':
      return { ...turn, stage: (data as StatusEvent).stage }
    case 'passages':
      return { ...turn, passages: (data as PassagesEvent).passages }
    case 'sentence':
      return addSentence(turn, data as SentenceEvent)
    case 'final':
      return finish(turn, data as Answer, now)
    case 'error':
      return fail(turn, (data as ErrorEvent).message, (data as ErrorEvent).trace_id, now)
    default:
      return turn
  }
}

function addFacts(known: Fact[], fresh: Fact[] | undefined): Fact[] {
  const ids = new Set(known.map((fact) => fact.fact_id))
  return [...known, ...(fresh ?? []).filter((fact) => !ids.has(fact.fact_id))]
}

function addSentence(turn: Turn, { text, citations, facts, checked, new_citations, new_facts }: SentenceEvent): Turn {
  return {
    ...turn,
    stage: 'writing',
    sentences: [...turn.sentences, { text, citations, facts: facts ?? [], checked }],
    citations: addCitations(turn.citations, new_citations),
    facts: addFacts(turn.facts, new_facts),
  }
}

export function finish(turn: Turn, answer: Answer, now: number | null): Turn {
  return { ...turn, phase: 'done', answer, sentences: answer.sentences, citations: answer.citations, facts: answer.facts ?? [], endedAt: now }
}

export function fail(turn: Turn, message: string, traceId: string | null, now: number): Turn {
  return turn.phase === 'asking' ? { ...turn, phase: 'failed', fault: { message, traceId }, endedAt: now } : turn
}

export function stop(turn: Turn, now: number): Turn {
  return turn.phase === 'asking' ? { ...turn, phase: 'stopped', endedAt: now } : turn
}

/** A kept answer as a finished turn, as it was said; only how its question was understood is not kept. */
export function fromRecord(record: AnswerRecord): Turn {
  const citations = record.citations as unknown as Citation[]
  const answer: Answer = {
    answer_id: record.answer_id,
    answer: record.answer,
    status: record.status as AnswerStatus,
    sentences: record.sentences,
    chunks_used: [...new Set(citations.map((citation) => citation.chunk_id))],
    citations,
    facts: record.facts.map((fact) => ({ ...fact, label: worded(fact.label) })),
    // A question with a mark in it would ask for nobody.
    next_question: record.next_question && !isVeiled(record.next_question) ? record.next_question : null,
    model: record.model,
    prompt_version: record.prompt_version,
    timings_ms: record.timings_ms as Record<string, number>,
    conversation_id: null,
    emergency: record.emergency,
    outcome: record.outcome,
    understood: null,
    route: '',
  }
  const filters = record.as_of ? { asOf: record.as_of.slice(0, 10) } : {}
  return finish(newTurn(record.answer_id, record.question, filters), answer, null)
}

/** What a fact is called beside the answer: its place among the answer's facts. */
export function factMark(facts: Fact[], id: string): string | null {
  const place = facts.findIndex((fact) => fact.fact_id === id)
  return place < 0 ? null : `D${place + 1}`
}

/** The answer as text for the clipboard, with its sources below. */
export function asText(turn: Turn): string {
  const marks = (s: Sentence) => [...s.facts.map((id) => factMark(turn.facts, id)), ...s.citations].filter((mark) => mark !== null).map((mark) => `[${mark}]`)
  const body = turn.sentences.map((s) => [s.text, ...marks(s)].join(' ')).join(' ')
  const facts = turn.facts.map((fact, at) => `[D${at + 1}] ${fact.label}: ${fact.text}`)
  const used = turn.citations.map((c) => `[${c.number}] ${sourceName(c)}`)
  const parts = [body, facts.length > 0 ? `Daten:\n${facts.join('\n')}` : '', used.length > 0 ? `Quellen:\n${used.join('\n')}` : '']
  return worded(`${parts.filter(Boolean).join('\n\n')}\n`)
}

export function sourceName(citation: Pick<Citation, 'title' | 'section' | 'page'>): string {
  const section = citation.section && citation.section !== citation.title ? citation.section : ''
  return [shortTitle(citation.title), section, citation.page === null ? '' : `S. ${citation.page}`].filter(Boolean).join(' · ')
}
