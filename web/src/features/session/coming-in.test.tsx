import { screen, waitFor } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { http } from 'msw'
import { afterEach, describe, expect, it } from 'vitest'
import { CODES } from '../../../tools/mock/accounts.mjs'
import { renderRouted } from '../../../tools/mock/routed'
import { ok, server } from '../../../tools/mock/vitest'
import { InvitationPage } from './invitation'
import { SignIn } from './sign-in'

async function enter(user: string, password: string): Promise<void> {
  await userEvent.type(await screen.findByLabelText('Name'), user)
  await userEvent.type(screen.getByLabelText('Passwort'), password)
  await userEvent.click(screen.getByRole('button', { name: 'Anmelden' }))
}

describe('the page of signing in', () => {
  it('has the company first, and says the one thing of a wrong name or password', async () => {
    server.use(http.get('*/api/v1/sign-in', () => ok({ company: 'Musterstadt', passwords: true, passkeys: false, sso: { name: 'Firmenanmeldung', url: '/api/v1/sign-in/sso' } })))
    renderRouted(<SignIn />)
    expect((await screen.findByRole('link', { name: 'Firmenanmeldung' })).getAttribute('href')).toBe('/api/v1/sign-in/sso?to=%2Fwillkommen')
    await enter('mia', 'falsch')
    expect((await screen.findByRole('alert')).textContent).toBe('Name oder Passwort stimmen nicht.')
  })

  it('asks for a code where one has to follow', async () => {
    const { queries } = renderRouted(<SignIn />)
    await enter('olga', 'Kanal Birne Wolke')
    await userEvent.type(await screen.findByLabelText('Code aus der App'), '12a3456')
    await userEvent.click(screen.getByRole('button', { name: 'Weiter' }))
    await waitFor(() => expect(queries.getQueryData(['session'])).toMatchObject({ user: 'olga' }))
  })

  it('counts the seconds down for who guesses', async () => {
    renderRouted(<SignIn />)
    await enter('mia', 'zu oft')
    expect((await screen.findByRole('alert')).textContent).toContain('1 min 30 s')
    expect(screen.getByRole<HTMLButtonElement>('button', { name: 'Anmelden' }).disabled).toBe(true)
    await screen.findByText('1 min 29 s')
  })
})

it('asks for the code where the company’s sign-in comes back to a page that is open', async () => {
  const { queries } = renderRouted(<SignIn />)
  await screen.findByLabelText('Passwort')
  window.location.hash = '#schritt=code-step&zu=%2F'
  await userEvent.type(await screen.findByLabelText('Code aus der App'), '123456')
  expect(window.location.hash).toBe('')
  await userEvent.click(screen.getByRole('button', { name: 'Weiter' }))
  await waitFor(() => expect(queries.getQueryData(['session'])).toMatchObject({ user: 'olga' }))
})

const openedWith = (secret: string): void => window.history.replaceState(null, '', `/einladung#${secret}`)

describe('the page of an invitation', () => {
  afterEach(() => window.history.replaceState(null, '', '/'))

  it('takes the secret out of the address, and leads to the codes for paper', async () => {
    openedWith('geheim')
    renderRouted(<InvitationPage />)
    expect(await screen.findByRole('heading', { name: 'Guten Tag, Mia Berg.' })).toBeTruthy()
    expect(window.location.hash).toBe('')
    await userEvent.type(screen.getByLabelText('Passwort festlegen'), 'aaaaaaaaaaaa')
    await userEvent.click(screen.getByRole('button', { name: 'Weiter' }))
    expect(await screen.findByText('Dieses Passwort ist leicht zu erraten.')).toBeTruthy()
    await userEvent.clear(screen.getByLabelText('Passwort festlegen'))
    await userEvent.type(screen.getByLabelText('Passwort festlegen'), 'Kanal Birne Wolke 7 Nagel')
    await userEvent.click(screen.getByRole('button', { name: 'Weiter' }))
    expect((await screen.findByTestId('factor-secret')).textContent).toBe('JBSW Y3DP EHPK 3PXP')
    await userEvent.type(screen.getByLabelText('Code aus der App'), '123456')
    await userEvent.click(screen.getByRole('button', { name: 'Bestätigen' }))
    expect((await screen.findByRole('list', { name: 'Ersatzcodes' })).textContent).toBe(CODES.join(''))
  })

  it('says what to do with a link that is over', async () => {
    openedWith('alt')
    renderRouted(<InvitationPage />)
    expect(await screen.findByText(/schon benutzt, abgelaufen oder ersetzt/)).toBeTruthy()
  })
})
