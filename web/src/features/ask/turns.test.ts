import { describe, expect, it } from 'vitest'
import type { AnswerRecord, Citation } from '@/api/types'
import { answer as sample, citation } from '../../../tools/mock/data.mjs'
import { applyEvent, asText, fromRecord, newTurn, sourceName, stop, type Turn } from './turns'

const send = (turn: Turn, event: string, data: unknown): Turn => applyEvent(turn, { event, data: JSON.stringify(data) }, 1000)
const fresh = newTurn('1', 'Was ist steuerbar?', {})

describe('applyEvent', () => {
  it('grows an answer sentence by sentence and ends with the final one', () => {
    let turn = send(fresh, 'status', { stage: 'reading' })
    expect(turn.stage).toBe('reading')
    turn = send(turn, 'sentence', { ...sample.sentences[0], new_citations: [citation], new_facts: [] })
    turn = send(turn, 'sentence', { text: 'Noch einmal.', citations: [1], facts: [], checked: true, new_citations: [citation], new_facts: [] })
    expect(turn.sentences).toHaveLength(2)
    expect(turn.citations).toHaveLength(1)
    turn = send(turn, 'final', sample)
    expect(turn.phase).toBe('done')
    expect(turn.citations).toHaveLength(2)
    expect(turn.endedAt).toBe(1000)
  })

  it('keeps what was said when the stream fails, and says why', () => {
    const said = send(fresh, 'sentence', { ...sample.sentences[0], new_citations: [], new_facts: [] })
    const turn = send(said, 'error', { code: 'busy', message: 'Das Modell ist ausgelastet.', trace_id: 't1' })
    expect(turn.phase).toBe('failed')
    expect(turn.sentences).toHaveLength(1)
    expect(turn.fault).toEqual({ message: 'Das Modell ist ausgelastet.', traceId: 't1' })
  })

  it('ignores what comes after the end, what it does not know and what is broken', () => {
    const stopped = stop(fresh, 5)
    expect(send(stopped, 'sentence', sample.sentences[0])).toBe(stopped)
    expect(send(fresh, 'weather', {})).toBe(fresh)
    expect(applyEvent(fresh, { event: 'sentence', data: '{"text":' }, 0)).toBe(fresh)
  })
})

describe('asText', () => {
  it('carries the numbers and lists the sources', () => {
    const text = asText(send(fresh, 'final', sample))
    expect(text).toContain('Stromspeicher. [1]')
    expect(text).toContain('Quellen:\n[1] Energiewirtschaftsgesetz · § 14a\n')
  })
})

const cited = (number: number, chunk_id: string): Citation => ({ ...citation, number, chunk_id }) as Citation
const record = (more: Partial<AnswerRecord>): AnswerRecord => ({
  answer_id: 'a',
  emergency: null,
  ts: '2026-11-21T10:00:00Z',
  question: 'Frage?',
  answer: '',
  status: 'answered',
  outcome: 'answered',
  model: '',
  prompt_version: 'luna-1',
  analyser: '1',
  as_of: null,
  passages: [],
  citations: [],
  facts: [],
  sentences: [],
  next_question: null,
  timings_ms: {},
  ...more,
})

describe('sourceName', () => {
  it('uses the abbreviation of a long title', () => {
    const title = 'Verordnung über technische Mindestanforderungen an den Aufbau von Ladepunkten (LSV)'
    expect(sourceName({ title, section: '§ 2', page: 3 })).toBe('LSV · § 2 · S. 3')
    expect(sourceName({ title: 'Leitfaden (neu)', section: 'Leitfaden (neu)', page: null })).toBe('Leitfaden (neu)')
  })
})

describe('fromRecord', () => {
  const fact = { fact_id: 'f', label: 'Verbrauch von [ZÄHLER_0MTFC9]', value: 3.5, unit: 'kWh', text: '3,5 kWh', query: {}, rows: 96, chart: null }
  const sentences = [
    { text: 'Es waren 3,5 kWh.', citations: [], facts: ['f'], checked: true },
    { text: 'Dazu das Gesetz.', citations: [1], facts: [], checked: true },
  ]
  const kept = record({ answer: 'Es waren 3,5 kWh. [data f] Dazu das Gesetz. [chunk x]', sentences, facts: [fact], citations: [cited(1, 'x')] as unknown as Record<string, unknown>[] })

  it('shows what was said, with its numbers and sources, and how it ended', () => {
    const turn = fromRecord({ ...kept, next_question: 'Und dann?', outcome: 'help' })
    expect(turn.phase).toBe('done')
    expect(turn.sentences).toEqual(sentences)
    expect(turn.answer?.next_question).toBe('Und dann?')
    expect(turn.answer?.outcome).toBe('help')
    expect(asText(turn)).toContain('Es waren 3,5 kWh. [D1] Dazu das Gesetz. [1]\n\nDaten:\n[D1] Verbrauch von [Zähler]: 3,5 kWh\n\nQuellen:')
  })

  it('proposes no question in which a mark stands for something', () => {
    expect(fromRecord({ ...kept, next_question: 'Warum war der Verbrauch von [ZÄHLER_0MTFC9] so hoch?' }).answer?.next_question).toBeNull()
  })
})
