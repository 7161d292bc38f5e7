import { screen, waitFor, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { beforeEach, describe, expect, it } from 'vitest'
import { resetPeople } from '../../../tools/mock/people.mjs'
import { renderRouted } from '../../../tools/mock/routed'
import { Toasts } from '@/ui/toast'
import { MyDataPage } from './my-data-page'

beforeEach(() => resetPeople())

const show = (person: string | null = 'anna') =>
  renderRouted(
    <Toasts>
      <MyDataPage person={person} />
    </Toasts>,
  )

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
