import { screen, waitFor, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { http, HttpResponse } from 'msw'
import { beforeEach, describe, expect, it } from 'vitest'
import { resetPeople } from '../../../tools/mock/people.mjs'
import { renderRouted } from '../../../tools/mock/routed'
import { ok, server } from '../../../tools/mock/vitest'
import { Toasts } from '@/ui/toast'
import { MyDataPage } from './my-data-page'

beforeEach(() => resetPeople())

const show = (person: string | null = 'anna') =>
  renderRouted(
    <Toasts>
      <MyDataPage person={person} />
    </Toasts>,
  )

/** How the server says that one's own erasure stands. */
function standing(state: string, word: string): void {
  server.use(http.get('*/api/v1/me/erasure', () => ok({ erasure_id: 'x', asked_at: '2026-11-19T09:00:00Z', state, state_text: word })))
}

describe('the page Meine Daten', () => {
  it('lets a person agree, and asks before texts are deleted with a withdrawal', async () => {
    show()
    await userEvent.click(await screen.findByRole('button', { name: 'Einwilligen: Gespräche aufbewahren' }))
    await userEvent.click(await screen.findByRole('button', { name: 'Widerrufen: Gespräche aufbewahren' }))
    const dialog = await screen.findByRole('dialog', { name: 'Aufbewahrung widerrufen?' })
    expect(dialog.textContent).toContain('sofort gelöscht')
    await userEvent.click(within(dialog).getByRole('button', { name: 'Widerrufen und Texte löschen' }))
    await waitFor(() => expect(screen.getByRole('button', { name: 'Einwilligen: Gespräche aufbewahren' })).toBeTruthy())
  })

  it('erases only after the word was typed, and gives the number of the receipt', async () => {
    show()
    await userEvent.click(await screen.findByRole('button', { name: 'Alles löschen' }))
    const dialog = await screen.findByRole('dialog', { name: 'Alles über Sie löschen?' })
    const go = within(dialog).getByRole('button', { name: 'Endgültig löschen' }) as HTMLButtonElement
    expect(go.disabled).toBe(true)
    await userEvent.type(within(dialog).getByLabelText(/Zur Bestätigung/), 'löschen')
    await userEvent.click(go)
    expect((await screen.findByRole('dialog', { name: 'Die Löschung läuft' })).textContent).toContain('000000000600')
    await userEvent.pointer({ keys: '[MouseLeft]', target: document.body })
    expect(screen.getByRole('dialog', { name: 'Die Löschung läuft' })).toBeTruthy()
  })

  it('says how an erasure stands that did not come to its end', async () => {
    standing('failed', 'gescheitert')
    const { queries } = show()
    expect((await screen.findByText(/Ihre Löschung vom/)).textContent).toMatch(/: gescheitert\. .*„Alles löschen“/)
    standing('running', 'läuft')
    await queries.invalidateQueries({ queryKey: ['own-erasure'] })
    await waitFor(() => expect(screen.getByText(/Ihre Löschung vom/).textContent).toMatch(/: läuft\.$/))
  })

  it('never says that an erasure runs which the server did not confirm', async () => {
    server.use(http.delete('*/api/v1/me', () => ok({ confirm: null, expires_in: null, erasure_id: null, job_id: null })))
    show()
    await userEvent.click(await screen.findByRole('button', { name: 'Alles löschen' }))
    const dialog = await screen.findByRole('dialog', { name: 'Alles über Sie löschen?' })
    await userEvent.type(within(dialog).getByLabelText(/Zur Bestätigung/), 'loeschen')
    await userEvent.click(within(dialog).getByRole('button', { name: 'Endgültig löschen' }))
    expect((await within(dialog).findByRole('alert')).textContent).toContain('hat nicht begonnen')
    expect(screen.queryByRole('dialog', { name: 'Die Löschung läuft' })).toBeNull()
  })

  it('says at the choice why it was not taken, and asks for the text that holds now', async () => {
    show()
    await screen.findByRole('button', { name: 'Wortlaut lesen (Fassung v1)' })
    const refusal = http.put('*/api/v1/me/consent', () => HttpResponse.json({ status: 'error', message: 'Der Text der Einwilligung wurde inzwischen geändert.', data: { code: 'conflict' }, trace_id: 't' }, { status: 409 }))
    const purposes = [{ purpose: 'service', title: 'Gespräche aufbewahren', meaning: '', given: null, at: null, version: null }]
    const fresh = http.get('*/api/v1/me/consent', () => ok({ purposes, text: { version: 'v2', sha256: 'b'.repeat(64), text: 'Neu.' }, history: [] }))
    server.use(refusal, fresh)
    await userEvent.click(screen.getByRole('button', { name: 'Einwilligen: Gespräche aufbewahren' }))
    expect((await screen.findByRole('alert')).textContent).toContain('inzwischen geändert')
    expect(await screen.findByRole('button', { name: 'Wortlaut lesen (Fassung v2)' })).toBeTruthy()
  })

  it('offers both files, and tells the operator that they are nobody', async () => {
    show()
    expect((await screen.findByRole('link', { name: 'JSON' })).getAttribute('href')).toContain('/me/data?format=json')
  })

  it('has nothing for the operator', async () => {
    show(null)
    expect(await screen.findByText('Die Verwaltung ist keine Person')).toBeTruthy()
  })
})
