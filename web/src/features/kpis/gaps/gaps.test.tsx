import { screen, waitFor, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { http } from 'msw'
import { useState } from 'react'
import { beforeEach, describe, expect, it } from 'vitest'
import { resetQuality } from '../../../../tools/mock/quality.mjs'
import { OPERATOR, renderRouted } from '../../../../tools/mock/routed'
import { ok, server } from '../../../../tools/mock/vitest'
import type { Capability, GapStep } from '@/api/types'
import { Toasts } from '@/ui/toast'
import { readQualitySearch, type QualitySearch } from '../search'
import { GapsTab } from './gaps-tab'
import { causeText, causeWord, outcomeText, stepState } from './step-words'

beforeEach(() => resetQuality())

function Shown({ start }: { start: QualitySearch }) {
  const [search, setSearch] = useState(start)
  return <GapsTab search={search} onSearch={(next) => setSearch((old) => readQualitySearch({ ...old, ...next }))} />
}

const show = (start: QualitySearch = {}, may: Capability[] = OPERATOR) =>
  renderRouted(
    <Toasts>
      <Shown start={start} />
    </Toasts>,
    may,
  )

const STEP: GapStep = {
  step_id: 's', what: 'words', made_by: 'admin', made_at: '2026-11-24T10:00:00Z', measured_at: '2026-11-24T10:00:05Z', undone_at: null, asks_again: true, questions: 12, asked: 10, answered: 10, before: 'refused', after: 'answered',
  place: { item_id: 'i', title: 'Förderrichtlinie', section: '§ 4' }, item_id: null, item_title: null, phrases: ['Säule'], terms: ['Ladepunkt'], question: null, answer: null, source: null,
}

async function openGap(): Promise<HTMLElement> {
  await userEvent.click(within(await screen.findByRole('list', { name: 'Wissenslücken' })).getByRole('button'))
  const drawer = await screen.findByRole('dialog', { name: 'Wissenslücke' })
  await within(drawer).findByRole('button', { name: 'Dokument ergänzen' })
  return drawer
}

describe('what came of a step', () => {
  it('is said as before and now, with the section and the day', () => {
    expect(outcomeText(STEP)).toBe('vorher: nichts gefunden → jetzt: beantwortet aus § 4 Förderrichtlinie, 24.11.')
    expect(outcomeText({ ...STEP, answered: 7 })).toBe('vorher: nichts gefunden → jetzt: beantwortet aus § 4 Förderrichtlinie (7 von 10), 24.11.')
    expect(outcomeText({ ...STEP, before: 'asked_back', answered: 0, after: 'refused', place: null })).toBe('vorher: nachgefragt → jetzt: noch immer nicht, 24.11.')
    expect(outcomeText({ ...STEP, measured_at: null })).toContain('wird gerade gefragt')
    expect(outcomeText({ ...STEP, undone_at: STEP.made_at })).toBe('zurückgenommen')
    expect([STEP, { ...STEP, answered: 3 }, { ...STEP, answered: 0 }, { ...STEP, measured_at: null }, { ...STEP, asked: 0, answered: 0 }].map((one) => stepState(one).label)).toEqual(['beantwortet', 'zum Teil', 'noch nicht', 'wartet', 'nichts zu fragen'])
  })

  it('tells a missing document from one that was not found', () => {
    const gap = { state: 'open' as const, place: null, place_source: null, looked_at: null }
    expect(causeWord(gap)).toBeNull()
    expect(causeWord({ ...gap, looked_at: STEP.made_at })?.label).toBe('Dokument fehlt')
    expect(causeWord({ ...gap, place: STEP.place, place_source: 'search' })?.label).toBe('Dokument vermutlich da')
    expect(causeText({ ...gap, place: STEP.place, place_source: 'editor' })).toBe('Das Dokument ist da, wurde aber nicht gefunden: § 4 Förderrichtlinie. Ergänzen Sie zuerst Wörter.')
    expect(causeWord({ ...gap, state: 'closed', looked_at: STEP.made_at })).toBeNull()
  })
})

describe('a gap', () => {
  it('takes words once somebody named the right section, and says what came of it', async () => {
    show()
    expect((await screen.findByRole('list', { name: 'Wissenslücken' })).textContent).toContain('Dokument fehlt')
    const drawer = await openGap()
    expect(within(drawer).getByRole('button', { name: 'Dokument ergänzen' }).className).toContain('bg-brand')
    await userEvent.click(await within(drawer).findByRole('button', { name: 'Das ist die Antwort' }))
    expect((await within(drawer).findAllByText(/Das Dokument ist da, wurde aber nicht gefunden: § 4/)).length).toBeGreaterThan(0)
    await userEvent.click(within(drawer).getByRole('button', { name: 'Wörter ergänzen' }))
    const form = await screen.findByRole('dialog', { name: 'Wörter ergänzen' })
    expect(within(form).getByLabelText<HTMLInputElement>('Ihre Leute sagen').value).toBe('Ladesäulen')
    expect(within(form).getByLabelText<HTMLInputElement>('In den Unterlagen heißt es').value).toBe('Ladepunkte')
    await userEvent.clear(within(form).getByLabelText('Ihre Leute sagen'))
    await userEvent.type(within(form).getByLabelText('Ihre Leute sagen'), 'Säule, Stromsäule')
    await userEvent.click(within(form).getByRole('button', { name: 'Ergänzen' }))
    const done = await within(drawer).findByRole('list', { name: 'Was getan wurde' })
    await waitFor(() => expect(done.textContent).toContain('„Säule“, „Stromsäule“ steht für „Ladepunkte“'))
    expect(done.textContent).toContain('vorher: nichts gefunden → jetzt: beantwortet aus § 4 Förderrichtlinie (9 von 10), 24.11.')
  })

  it('that does not belong here goes to its own list, and comes back', async () => {
    show()
    const drawer = await openGap()
    await userEvent.click(within(drawer).getByRole('button', { name: 'Gehört nicht hierher' }))
    const sure = await screen.findByRole('dialog', { name: 'Gehört das nicht hierher?' })
    await userEvent.click(within(sure).getByRole('button', { name: 'Gehört nicht hierher' }))
    await userEvent.click(await within(drawer).findByRole('button', { name: 'Zurücknehmen' }))
    const back = await screen.findByRole('dialog', { name: /zurücknehmen/ })
    await userEvent.click(within(back).getByRole('button', { name: 'Zurücknehmen' }))
    await waitFor(() => expect(within(drawer).getByRole('button', { name: 'Dokument ergänzen' })).toBeTruthy())
  })

  it('says in the list what came of a step as soon as its questions were asked', async () => {
    let reads = 0
    const gap = { gap_id: 'g', terms: ['Säule'], state: 'open', first_at: STEP.made_at, last_at: STEP.made_at, closed_at: null, questions: 12, people: 7, weakness: 0.8, weight: 9.6, looked_at: null, place: null, place_source: null, rising: [], idea: null }
    server.use(http.get('*/api/v1/admin/gaps', () => ok({ gaps: [{ ...gap, last_step: { ...STEP, measured_at: reads++ === 0 ? null : STEP.measured_at } }], total: 1 })))
    show()
    const list = await screen.findByRole('list', { name: 'Wissenslücken' })
    expect(list.textContent).toContain('wird gerade gefragt')
    await waitFor(() => expect(list.textContent).toContain('jetzt: beantwortet aus § 4'), { timeout: 4000 })
    expect(reads).toBe(2)
  })

  it('shows who only measures what it is, and nothing to do', async () => {
    show({}, ['use', 'company', 'measure'])
    await userEvent.click(within(await screen.findByRole('list', { name: 'Wissenslücken' })).getByRole('button'))
    const drawer = await screen.findByRole('dialog', { name: 'Wissenslücke' })
    await within(drawer).findByRole('button', { name: 'Ticket eröffnen' })
    expect(within(drawer).queryByRole('region', { name: 'Was Sie tun können' })).toBeNull()
    expect(screen.queryByRole('radio', { name: 'Einzelne Fragen' })).toBeNull()
  })
})

describe('a single question', () => {
  it('is answered in the company’s own words, with a source', async () => {
    show({ fragen: 'einzeln' })
    await userEvent.click(await screen.findByRole('button', { name: /Führung durch das Wasserwerk/ }))
    const drawer = await screen.findByRole('dialog', { name: 'Frage ohne gute Antwort' })
    await userEvent.click(await within(drawer).findByRole('button', { name: 'Antwort schreiben' }))
    const form = await screen.findByRole('dialog', { name: 'Antwort schreiben' })
    expect(within(form).getByLabelText<HTMLInputElement>('Frage').value).toBe('Was kostet eine Führung durch das Wasserwerk?')
    await userEvent.type(within(form).getByLabelText('Antwort'), '40 Euro für Gruppen.')
    await userEvent.click(within(form).getByRole('button', { name: 'Veröffentlichen' }))
    expect(await within(form).findByText('Nennen Sie die Quelle der Antwort.')).toBeTruthy()
    await userEvent.type(within(form).getByLabelText('Quelle'), 'Preisblatt')
    await userEvent.click(within(form).getByRole('button', { name: 'Veröffentlichen' }))
    expect((await within(drawer).findByRole('list', { name: 'Was getan wurde' })).textContent).toContain('Quelle: Preisblatt')
  })
})

describe('what engines tell of gaps', () => {
  it('says which terms rise and what a draft may be about', async () => {
    show()
    expect(within(await screen.findByRole('region', { name: 'Begriffe im Aufwind' })).getByText('foerder')).toBeTruthy()
    expect((await screen.findByRole('list', { name: 'Wissenslücken' })).textContent).toContain('im Aufwind')
    const drawer = await openGap()
    expect(drawer.textContent).toContain('am nächsten ist „Merkblatt Wallbox“')
  })
})
