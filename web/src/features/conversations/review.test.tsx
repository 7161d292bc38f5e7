import { fireEvent, screen, waitFor, within } from '@testing-library/react'
import { http, HttpResponse } from 'msw'
import userEvent from '@testing-library/user-event'
import { useState } from 'react'
import { beforeEach, describe, expect, it } from 'vitest'
import { acceptMany, resetPeople } from '../../../tools/mock/people.mjs'
import { renderRouted } from '../../../tools/mock/routed'
import { ok, server } from '../../../tools/mock/vitest'
import { Toasts } from '@/ui/toast'
import { ReviewTab } from './review-tab'
import { readTalkSearch, type TalkSearch } from './search'
import { TalksPage } from './talks-page'

beforeEach(() => resetPeople())

function Shown() {
  const [search, setSearch] = useState<TalkSearch>({ teil: 'durchsicht' })
  return <ReviewTab search={search} onSearch={(next) => setSearch((old) => readTalkSearch({ ...old, ...next }))} />
}

const show = async () => {
  const { queries } = renderRouted(
    <Toasts>
      <Shown />
    </Toasts>,
  )
  return { queries, list: await screen.findByRole('list', { name: 'Wartende Antworten' }) }
}
const entry = () => screen.findByRole('region', { name: 'Antwort zur Durchsicht' })

describe('the editorial queue', () => {
  it('is walked, rated and decided with the keyboard alone, and a decision can be taken back', async () => {
    const { list } = await show()
    await userEvent.keyboard('j')
    expect((await entry()).textContent).toContain('Wann darf mir der Strom gesperrt werden?')
    await userEvent.keyboard('4')
    expect(screen.getByRole('button', { name: '4 von 5' }).getAttribute('aria-pressed')).toBe('true')
    await userEvent.keyboard('a')
    expect(await screen.findByText('Angenommen')).toBeTruthy()
    await waitFor(() => expect(within(list).queryByText('Wann darf mir der Strom gesperrt werden?')).toBeNull())
    expect((await entry()).textContent).toContain('Wie melde ich eine Wärmepumpe an?')
    await userEvent.click(await screen.findByRole('button', { name: 'Rückgängig' }))
    await waitFor(() => expect(within(list).getByText('Wann darf mir der Strom gesperrt werden?')).toBeTruthy())
  })

  it('asks for the right answer before a change, and keys are no keys while one writes', async () => {
    await show()
    await userEvent.keyboard('j')
    await entry()
    await userEvent.keyboard('e')
    const dialog = await screen.findByRole('dialog', { name: 'Antwort ändern' })
    const box = within(dialog).getByLabelText('Richtige Antwort')
    await userEvent.clear(box)
    await userEvent.click(within(dialog).getByRole('button', { name: 'Speichern' }))
    expect(within(dialog).getByText('Bitte schreiben Sie die richtige Antwort.')).toBeTruthy()
    await userEvent.type(box, 'Nach vier Wochen, siehe Absatz 2.')
    await userEvent.click(within(dialog).getByRole('button', { name: 'Speichern' }))
    expect(await screen.findByText('Geändert')).toBeTruthy()
  })

  it('shows why an answer was drawn, and whether it may be learned from', async () => {
    await show()
    await userEvent.click(screen.getByRole('button', { name: /Wärmepumpe/ }))
    const shown = await entry()
    expect(shown.textContent).toContain('nicht zum Lernen freigegeben')
    expect(shown.textContent).toContain('seltene Frage')
  })

  it('leads the focus on to the next entry when the button that decided is gone', async () => {
    await show()
    await userEvent.click(screen.getByRole('button', { name: /Strom gesperrt/ }))
    await userEvent.click(await screen.findByRole('button', { name: /Annehmen/ }))
    await waitFor(async () => expect((await entry()).textContent).toContain('Wie melde ich eine Wärmepumpe an?'))
    await waitFor(async () => expect(document.activeElement).toBe(await entry()))
  })

  it('decides nothing by a key that is held down, which only walks', async () => {
    const { list } = await show()
    await userEvent.keyboard('j')
    await screen.findByRole('button', { name: /Annehmen/ })
    fireEvent.keyDown(window, { key: 'a', repeat: true })
    await new Promise((resolve) => setTimeout(resolve, 150))
    expect(screen.queryByText('Angenommen')).toBeNull()
    fireEvent.keyDown(window, { key: 'j', repeat: true })
    expect((await entry()).textContent).toContain('Wie melde ich eine Wärmepumpe an?')
    expect(within(list).getAllByRole('listitem')).toHaveLength(3)
  })

  it('says at the field what may not be published, and keeps what was written', async () => {
    const message = 'Zum Veröffentlichen muss der Text frei von Personenbezug sein.'
    const fields = [{ field: 'question', message: 'Hier steht vielleicht Personenbezug (Name). Schreiben Sie die Stelle um.' }]
    server.use(http.post('*/api/v1/admin/reviews/:id/decision', () => HttpResponse.json({ status: 'error', message, data: { code: 'validation', fields }, trace_id: 'spur-7' }, { status: 400 })))
    await show()
    await userEvent.keyboard('j')
    await screen.findByRole('button', { name: /Annehmen/ })
    await userEvent.keyboard('e')
    const dialog = await screen.findByRole('dialog', { name: 'Antwort ändern' })
    const box = within(dialog).getByLabelText('Richtige Antwort') as HTMLTextAreaElement
    await userEvent.clear(box)
    await userEvent.type(box, 'Nach vier Wochen.')
    await userEvent.click(within(dialog).getByRole('button', { name: 'Speichern' }))
    expect((await within(dialog).findByRole('alert')).textContent).toContain(message)
    expect(within(dialog).getByLabelText('Frage').getAttribute('aria-invalid')).toBe('true')
    expect(dialog.textContent).toContain('vielleicht Personenbezug (Name)')
    expect(box.value).toBe('Nach vier Wochen.')
  })

  it('decides nothing that somebody else looks at by now, and keeps what was written', async () => {
    await show()
    await userEvent.keyboard('j')
    await entry()
    await userEvent.keyboard('e')
    const dialog = await screen.findByRole('dialog', { name: 'Antwort ändern' })
    let decided = false
    server.use(
      http.post('*/api/v1/admin/reviews/:id/claim', () => HttpResponse.json({ status: 'error', message: 'Diese Antwort sieht gerade jemand anders durch.', data: { code: 'conflict' }, trace_id: 't' }, { status: 409 })),
      http.post('*/api/v1/admin/reviews/:id/decision', () => {
        decided = true
        return ok({})
      }),
    )
    await userEvent.click(within(dialog).getByRole('button', { name: 'Speichern' }))
    expect((await within(dialog).findByRole('alert')).textContent).toContain('jemand anders')
    expect(decided).toBe(false)
  })

  it('takes nothing away that is being written when a fresh look at the queue fails', async () => {
    const { queries } = await show()
    await userEvent.keyboard('j')
    await screen.findByRole('button', { name: /Annehmen/ })
    await userEvent.keyboard('e')
    const dialog = await screen.findByRole('dialog', { name: 'Antwort ändern' })
    await userEvent.type(within(dialog).getByLabelText('Bemerkung (freiwillig)'), 'unfertig')
    server.use(http.get('*/api/v1/admin/reviews', () => HttpResponse.json({ status: 'error', message: 'Die Datenbank antwortet nicht.', data: { code: 'unavailable' }, trace_id: 'spur-8' }, { status: 503 })))
    await queries.invalidateQueries({ queryKey: ['reviews'] })
    expect(await screen.findByText(/Gezeigt wird der Stand vom/)).toBeTruthy()
    expect((within(screen.getByRole('dialog', { name: 'Antwort ändern' })).getByLabelText('Bemerkung (freiwillig)') as HTMLInputElement).value).toBe('unfertig')
  })
})

function Page({ start }: { start: TalkSearch }) {
  const [search, setSearch] = useState(start)
  return <TalksPage search={search} onSearch={(next) => setSearch((old) => readTalkSearch({ ...old, ...next }))} />
}

const showPage = (start: TalkSearch) =>
  renderRouted(
    <Toasts>
      <Page start={start} />
    </Toasts>,
  )

describe('what was decided', () => {
  it('is found by its decision, shows no marks of the machine, and can be taken back there', async () => {
    acceptMany(1)
    showPage({ teil: 'freigegeben' })
    expect(await screen.findByText('Noch keine geänderte Antwort')).toBeTruthy()
    await userEvent.click(screen.getByRole('radio', { name: 'Angenommen' }))
    await userEvent.click(await screen.findByRole('button', { name: 'Frage 1' }))
    const shown = await entry()
    expect(shown.textContent).not.toContain('[chunk')
    expect(shown.textContent).not.toContain('Richtige Antwort')
    await userEvent.click(within(shown).getByRole('button', { name: 'Entscheidung zurücknehmen' }))
    expect(await within(await entry()).findByRole('button', { name: /Annehmen/ })).toBeTruthy()
  })

  it('shows the page before when the last of a page was taken back', async () => {
    acceptMany(26)
    showPage({ teil: 'freigegeben', urteil: 'angenommen' })
    const list = await screen.findByRole('list', { name: 'Angenommene Antworten' })
    await userEvent.click(screen.getByRole('button', { name: 'Nächste Seite' }))
    await userEvent.click(await within(list).findByRole('button', { name: 'Entscheidung zurücknehmen: Frage 26' }))
    await waitFor(() => expect(within(screen.getByRole('list', { name: 'Angenommene Antworten' })).getAllByRole('listitem')).toHaveLength(25))
    expect(screen.getByText('25 angenommene Antworten')).toBeTruthy()
  })
})
