import { screen, waitFor, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { http, HttpResponse } from 'msw'
import { useState } from 'react'
import { beforeEach, describe, expect, it } from 'vitest'
import { id, resetHandovers } from '../../../tools/mock/handovers.mjs'
import { renderRouted } from '../../../tools/mock/routed'
import { ok, server } from '../../../tools/mock/vitest'
import type { Capability, Handover } from '@/api/types'
import { Toasts } from '@/ui/toast'
import { HandoversPage } from './handovers-page'
import { readHandoverSearch, type HandoverSearch } from './search'
import { dueWord, numbered, stepsOf, subjectOf } from './words'

beforeEach(() => resetHandovers())

const STAFF: Capability[] = ['use', 'company', 'serve']

function Shown({ start, user }: { start: HandoverSearch; user: string | null }) {
  const [search, setSearch] = useState(start)
  return <HandoversPage user={user} search={search} onSearch={(next) => setSearch((old) => readHandoverSearch({ ...old, ...next }))} />
}

const show = (start: HandoverSearch = {}, may: Capability[] = STAFF, user: string | null = 'emma') =>
  renderRouted(
    <Toasts>
      <Shown start={start} user={user} />
    </Toasts>,
    may,
  )

const open = async (name: RegExp): Promise<HTMLElement> => {
  await userEvent.click(await screen.findByRole('button', { name }))
  return screen.findByRole('dialog')
}

const one = (more: Partial<Handover>): Handover => ({ handover_id: id(1), kind: 'question', state: 'open', question: 'Frage?', answers: 1, note: '', sender: 'anna', recipient: null, taken_by: null, received_on: '2026-11-20', due_on: null, days_left: null, made_at: '2026-11-20T09:00:00Z', taken_at: null, done_at: null, mine: false, ...more })

describe('the inbox', () => {
  it('says how much time is left, in words', async () => {
    show()
    const list = await screen.findByRole('list', { name: 'Eingang' })
    const lines = within(list).getAllByRole('button').map(({ textContent }) => textContent)
    expect(lines[0]).toContain('seit 2 Tagen überfällig')
    expect(lines[1]).toMatch(/übernommen.*noch 12 Tage.*2 Fragen.*von anna · an den Kundenservice · übernommen von Ihnen/)
    expect(lines[3]).toMatch(/^Mein Zähler zählt rückwärts\..*an Sie/)
  })

  it('shows question, answer and sources, and what is done is done after a question', async () => {
    show()
    const drawer = await open(/Abrechnung doppelt/)
    expect(await within(drawer).findByText('Der Lieferant erläutert die Berechnung auf Wunsch. [1]')).toBeTruthy()
    expect(drawer.textContent).toMatch(/Zu beantworten bis .*§ 111a EnWG.*Bitte rufen Sie mich an\..*\[1\] StromGVV · § 16Abschläge sind anteilig/)
    expect(within(drawer).getByRole('link', { name: /^Briefentwurf \(Word\)/ }).getAttribute('href')).toBe(`/api/v1/rag/answers/${id(901)}/letter`)
    await userEvent.click(within(drawer).getByRole('button', { name: 'Übernehmen' }))
    expect(await within(drawer).findByRole('button', { name: 'Zurückgeben' })).toBeTruthy()
    await userEvent.click(within(drawer).getByRole('button', { name: 'Erledigt' }))
    const asked = await screen.findByRole('dialog', { name: 'Erledigt?' })
    await userEvent.click(within(asked).getByRole('button', { name: 'Erledigt' }))
    await waitFor(() => expect(within(drawer).queryByRole('button', { name: 'Erledigt' })).toBeNull())
    expect(within(drawer).queryByText(/überfällig/)).toBeNull()
  })

  it('says when somebody was quicker', async () => {
    server.use(http.patch('*/api/v1/handovers/:id', () => HttpResponse.json({ status: 'error', message: 'Das ist inzwischen anders.', data: { code: 'conflict' }, trace_id: 't' }, { status: 409 })))
    show({ uebergabe: id(803) })
    const drawer = await screen.findByRole('dialog')
    await userEvent.click(await within(drawer).findByRole('button', { name: 'Übernehmen' }))
    expect((await within(drawer).findByRole('alert')).textContent).toContain('inzwischen anders')
  })

  it('is narrowed and paged by what the address says', async () => {
    const asked: string[] = []
    server.use(http.get('*/api/v1/handovers', ({ request }) => (asked.push(new URL(request.url).search), ok({ handovers: [one({})], total: 60 }))))
    show({ seite: 2 })
    await userEvent.click(await screen.findByRole('button', { name: 'Weitere Übergaben' }))
    await screen.findByText('3 / 3')
    await userEvent.click(screen.getByRole('radio', { name: 'Alle' }))
    await screen.findByText('1 / 3')
    expect(asked).toEqual(['?box=in&state=open&state=taken&limit=25&offset=25', '?box=in&state=open&state=taken&limit=25&offset=50', '?box=in&limit=25&offset=0'])
  })

  it('has words for nothing and for a failure', async () => {
    server.use(http.get('*/api/v1/handovers', () => ok({ handovers: [], total: 0 })))
    show()
    await userEvent.click(await screen.findByRole('button', { name: 'Alle zeigen' }))
    expect(await screen.findByText('Noch nichts übergeben')).toBeTruthy()
    server.use(http.get('*/api/v1/handovers', () => HttpResponse.json({ status: 'error', message: 'Kaputt.', data: { code: 'x' }, trace_id: 't' }, { status: 500 })))
    await userEvent.click(screen.getByRole('tab', { name: 'Von Ihnen übergeben' }))
    expect((await screen.findByRole('alert')).textContent).toContain('Kaputt.')
  })
})

describe('what a customer handed over', () => {
  it('is the whole page, and is taken back after a question', async () => {
    const mine = one({ mine: true })
    server.use(
      http.get('*/api/v1/handovers', () => ok({ handovers: [mine], total: 1 })),
      http.get('*/api/v1/handovers/:id', () => ok({ ...mine, turns: [] })),
    )
    show({}, ['use'], 'anna')
    const drawer = await open(/^Frage\?/)
    expect(screen.queryByRole('tab')).toBeNull()
    expect(within(drawer).queryByRole('link', { name: /Briefentwurf/ })).toBeNull()
    server.use(http.patch('*/api/v1/handovers/:id', () => ok(Object.assign(mine, { state: 'withdrawn' }))))
    await userEvent.click(await within(drawer).findByRole('button', { name: 'Zurücknehmen' }))
    await userEvent.click(within(await screen.findByRole('dialog', { name: 'Übergabe zurücknehmen?' })).getByRole('button', { name: 'Zurücknehmen' }))
    expect(await within(drawer).findByText('zurückgenommen')).toBeTruthy()
    expect(within(drawer).queryByRole('button', { name: 'Zurücknehmen' })).toBeNull()
  })

  it('is nothing for the key, which is nobody', async () => {
    show({}, STAFF, null)
    expect(await screen.findByText('Der Betriebsschlüssel führt keine Gespräche')).toBeTruthy()
  })
})

const citation = (number: number, chunk: string) => ({ number, chunk_id: chunk, item_id: 'i', version: 1, title: 't', section: '', page: null, start: 0, end: 1, quote: '' })

describe('words of handovers', () => {
  it('say what it is about, also where the question was not kept', () => {
    expect(subjectOf(one({ note: 'Bitte bald.' }))).toBe('Frage?')
    expect(subjectOf(one({ question: '(nicht gespeichert)', note: 'Die Ablesung fehlt.\nSeit März.' }))).toBe('Die Ablesung fehlt.')
    expect(subjectOf(one({ question: null }))).toBe('Ohne gespeicherten Wortlaut')
  })

  it('press only where a complaint waits', () => {
    expect(dueWord({ state: 'open', due_on: '2026-12-21', days_left: 1 })).toEqual({ label: 'noch 1 Tag', shade: 'warn' })
    expect(dueWord({ state: 'taken', due_on: '2026-12-21', days_left: 0 })?.label).toBe('heute fällig')
    expect(dueWord({ state: 'open', due_on: '2026-12-21', days_left: -1 })?.label).toBe('seit 1 Tag überfällig')
    expect(dueWord({ state: 'withdrawn', due_on: '2026-12-21', days_left: -1 })).toBeNull()
  })

  it('offer what the server would do', () => {
    expect(stepsOf(one({ state: 'taken', taken_by: 'emil' }), 'emma', true)).toEqual([])
    expect(stepsOf(one({ state: 'taken', taken_by: 'emma' }), 'emma', true)).toEqual(['done', 'open'])
    expect(stepsOf(one({ recipient: 'emil' }), 'emma', true)).toEqual([])
    expect(stepsOf(one({ mine: true, state: 'done' }), 'anna', false)).toEqual(['withdrawn'])
    expect(stepsOf(one({ mine: true, state: 'withdrawn' }), 'anna', false)).toEqual([])
  })

  it('put the numbers of citations in place of marks', () => {
    expect(numbered({ answer: 'Eins [chunk a]. Zwei [chunk a] [data x]. Drei [chunk b].', citations: [citation(1, 'a'), citation(2, 'a'), citation(3, 'b')] })).toBe('Eins [1]. Zwei [2]. Drei [3].')
  })
})
