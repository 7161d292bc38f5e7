import { screen, waitFor, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { http, HttpResponse } from 'msw'
import { describe, expect, it, vi } from 'vitest'
import { renderRouted } from '../../../../tools/mock/routed'
import { ok, server } from '../../../../tools/mock/vitest'
import { Toasts } from '@/ui/toast'
import { SignInTab } from './sign-in-tab'

const show = () =>
  renderRouted(
    <Toasts>
      <SignInTab />
    </Toasts>,
    ['use', 'company'],
  )

const refused = (status: number, code: string) => HttpResponse.json({ status: 'error', message: 'Nein.', data: { code }, trace_id: 't' }, { status })

describe('one’s own ways in', () => {
  it('ask for a new sign-in where that was long ago, and then do what was asked', async () => {
    const issued = vi.fn<(body: unknown) => void>()
    server.use(
      http.post('*/api/v1/me/tokens', () => refused(403, 'fresh_sign_in'), { once: true }),
      http.post('*/api/v1/me/tokens', async ({ request }) => {
        issued(await request.json())
        return ok({ token: 'eyJ.neu', token_id: 't', expires_at: '2027-01-01T00:00:00Z', role: 'employee', changed: false })
      }),
    )
    show()
    await userEvent.click(await screen.findByRole('button', { name: 'Token ausgeben' }))
    const form = await screen.findByRole('form', { name: 'Token ausgeben' })
    expect(within(form).getAllByRole('checkbox')).toHaveLength(2)
    await userEvent.type(within(form).getByLabelText('Wofür?'), 'Abrechnung')
    await userEvent.click(await within(form).findByLabelText('Zähler der Firma sehen'))
    await userEvent.click(within(form).getByRole('button', { name: 'Ausgeben' }))
    const dialog = await screen.findByRole('dialog', { name: 'Sind Sie es noch?' })
    await userEvent.type(within(dialog).getByLabelText('Ihr Passwort'), 'Kanal Birne')
    await userEvent.click(within(dialog).getByRole('button', { name: 'Bestätigen' }))
    expect((await screen.findByTestId('own-token')).textContent).toBe('eyJ.neu')
    expect(issued).toHaveBeenCalledWith({ label: 'Abrechnung', scopes: ['use', 'company'], days: 90 })
  })

  it('stay as they are when nobody signs in again', async () => {
    server.use(http.delete('*/api/v1/me/account/passkeys/:id', () => refused(403, 'fresh_sign_in')))
    show()
    await userEvent.click(await screen.findByRole('button', { name: 'Passkey Telefon löschen' }))
    await userEvent.click(within(await screen.findByRole('dialog', { name: /Telefon/ })).getByRole('button', { name: 'Löschen' }))
    const dialog = await screen.findByRole('dialog', { name: 'Sind Sie es noch?' })
    await userEvent.click(within(dialog).getByRole('button', { name: 'Schließen' }))
    expect((await screen.findAllByText('Dafür ist eine neue Anmeldung nötig.')).length).toBeGreaterThan(0)
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull())
  })

  it('are none of whoever came with a key', async () => {
    server.use(http.get('*/api/v1/me/account', () => refused(404, 'not_found')))
    show()
    expect(await screen.findByText('Sie sind mit einem Schlüssel hier')).toBeTruthy()
    expect(screen.queryByRole('link', { name: 'Personen einladen' })).toBeNull()
  })
})
