import { screen, waitFor, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { http, HttpResponse } from 'msw'
import { useState } from 'react'
import { describe, expect, it, vi } from 'vitest'
import { renderRouted } from '../../../tools/mock/routed'
import { ok, server } from '../../../tools/mock/vitest'
import { Toasts } from '@/ui/toast'
import { PeoplePage } from './people-page'
import { readPeopleSearch, type PeopleSearch } from './search'

function Shown({ start }: { start: PeopleSearch }) {
  const [search, setSearch] = useState(start)
  return <PeoplePage named search={search} onSearch={(next) => setSearch((old) => readPeopleSearch({ ...old, ...next }))} />
}

const show = (start: PeopleSearch = {}) =>
  renderRouted(
    <Toasts>
      <Shown start={start} />
    </Toasts>,
  )

const line = async (name: string): Promise<HTMLElement> => {
  const found = (await screen.findByText(name)).closest('li')
  if (!found) throw new Error(name)
  return found
}

describe('people', () => {
  it('stand with their role, state and ways in, and are narrowed by what the address says', async () => {
    show({ stand: 'invited' })
    expect((await line('ben')).textContent).toMatch(/eingeladen.*Mitarbeit · Link gilt bis/)
    expect(screen.queryByText('Anna Schneider')).toBeNull()
    await userEvent.selectOptions(screen.getByLabelText('Stand'), '')
    expect((await line('Anna Schneider')).textContent).toContain('anna · Redaktion · Passwort, Passkey · zuletzt')
  })

  it('are invited by a link that is shown once', async () => {
    show()
    await userEvent.click(await screen.findByRole('button', { name: 'Person einladen' }))
    const dialog = await screen.findByRole('dialog', { name: 'Person einladen' })
    await userEvent.type(within(dialog).getByLabelText('Name zum Anmelden'), 'neu')
    await userEvent.click(within(dialog).getByRole('button', { name: 'Einladen' }))
    expect((await screen.findByTestId('invitation-link')).textContent).toBe(`${window.location.origin}/einladung#geheim`)
  })

  it('are invited after a new sign-in, where that was long ago', async () => {
    server.use(http.post('*/api/v1/admin/people', () => HttpResponse.json({ status: 'error', message: 'Bitte melden Sie sich dafür noch einmal an.', data: { code: 'fresh_sign_in' }, trace_id: 't' }, { status: 403 }), { once: true }))
    show()
    await userEvent.click(await screen.findByRole('button', { name: 'Person einladen' }))
    const dialog = await screen.findByRole('dialog', { name: 'Person einladen' })
    await userEvent.type(within(dialog).getByLabelText('Name zum Anmelden'), 'neu')
    await userEvent.click(within(dialog).getByRole('button', { name: 'Einladen' }))
    const again = await screen.findByRole('dialog', { name: 'Sind Sie es noch?' })
    await userEvent.type(within(again).getByLabelText('Ihr Passwort'), 'Kanal Birne')
    await userEvent.click(within(again).getByRole('button', { name: 'Bestätigen' }))
    expect(await screen.findByTestId('invitation-link')).toBeTruthy()
  })

  it('have no new sign-in with a token of a program, and say so', async () => {
    server.use(
      http.post('*/api/v1/admin/people', () => HttpResponse.json({ status: 'error', message: 'Bitte melden Sie sich dafür noch einmal an.', data: { code: 'fresh_sign_in' }, trace_id: 't' }, { status: 403 })),
      http.get('*/api/v1/me/account', () => HttpResponse.json({ status: 'error', message: 'Nein.', data: { code: 'not_found' }, trace_id: 't' }, { status: 404 })),
    )
    show()
    await userEvent.click(await screen.findByRole('button', { name: 'Person einladen' }))
    const dialog = await screen.findByRole('dialog', { name: 'Person einladen' })
    await userEvent.type(within(dialog).getByLabelText('Name zum Anmelden'), 'neu')
    await userEvent.click(within(dialog).getByRole('button', { name: 'Einladen' }))
    expect((await within(dialog).findByRole('alert')).textContent).toContain('mit Passwort, Passkey oder Firmenanmeldung')
  })

  it('leave after it was said what ends', async () => {
    const changed = vi.fn<(body: unknown) => void>()
    server.use(http.patch('*/api/v1/admin/people/:id', async ({ request }) => (changed(await request.json()), ok({ changed: true }))))
    show()
    await userEvent.click(within(await line('Anna Schneider')).getByRole('button', { name: 'Was tun mit Anna Schneider?' }))
    await userEvent.click(await screen.findByRole('menuitem', { name: 'Ausscheiden' }))
    const dialog = await screen.findByRole('dialog', { name: 'Anna Schneider scheidet aus?' })
    expect(dialog.textContent).toContain('alle Token für Programme')
    await userEvent.click(within(dialog).getByRole('button', { name: 'Ausscheiden' }))
    await waitFor(() => expect(changed).toHaveBeenCalledWith({ left: true }))
  })

  it('wait for a second word where one is wanted, and that can be given', async () => {
    const said = vi.fn<(body: unknown) => void>()
    server.use(
      http.patch('*/api/v1/admin/people/:id', () => HttpResponse.json({ status: 'ok', message: '', data: { approval_id: 'a', action: 'person.operator' }, trace_id: 't' }, { status: 202 })),
      http.post('*/api/v1/admin/approvals/:id', async ({ request }) => (said(await request.json()), ok({}))),
    )
    show()
    await userEvent.click(within(await line('Anna Schneider')).getByRole('button', { name: 'Was tun mit Anna Schneider?' }))
    await userEvent.click(await screen.findByRole('menuitem', { name: 'Name und Rolle ändern' }))
    const dialog = await screen.findByRole('dialog', { name: 'Anna Schneider ändern' })
    await userEvent.selectOptions(within(dialog).getByLabelText('Rolle'), 'admin')
    await userEvent.click(within(dialog).getByRole('button', { name: 'Speichern' }))
    expect((await within(dialog).findByRole('status')).textContent).toContain('sobald eine zweite Person')
    await userEvent.click(within(dialog).getByRole('button', { name: 'Abbrechen' }))
    await userEvent.click(await screen.findByRole('tab', { name: 'Bestätigungen' }))
    const waiting = await screen.findByRole('list', { name: 'Bestätigungen' })
    expect(waiting.textContent).toMatch(/Anna Schneider wird Betriebsverwaltung.*durch Olga Brandt/)
    await userEvent.click(within(waiting).getByRole('button', { name: 'Bestätigen' }))
    const asked = await screen.findByRole('dialog', { name: 'Zur Betriebsverwaltung machen?' })
    await userEvent.click(within(asked).getByRole('button', { name: 'Bestätigen und ausführen' }))
    await waitFor(() => expect(said).toHaveBeenCalledWith({ approve: true }))
  })

  it('have a table of who may what', async () => {
    show({ teil: 'rollen' })
    const row = (await screen.findByRole('rowheader', { name: 'Personen einladen' })).closest('tr')
    expect(within(row as HTMLElement).getAllByLabelText('ja')).toHaveLength(1)
  })
})
