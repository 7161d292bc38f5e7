import { screen, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { describe, expect, it } from 'vitest'
import { renderRouted } from '../../../tools/mock/routed'
import { server } from '../../../tools/mock/vitest'
import { Toasts } from '@/ui/toast'
import { Tokens } from './tokens'

const show = () =>
  renderRouted(
    <Toasts>
      <Tokens />
    </Toasts>,
  )

async function asked(role: string | null): Promise<{ role: unknown; dialog: HTMLElement }> {
  let body: { role?: unknown } = {}
  server.events.on('request:start', async ({ request }) => {
    if (request.method === 'POST') body = (await request.clone().json()) as typeof body
  })
  show()
  await userEvent.click(await screen.findByRole('button', { name: 'Zugang anlegen' }))
  const dialog = await screen.findByRole('dialog', { name: 'Zugang anlegen' })
  await userEvent.type(within(dialog).getByLabelText('Person'), 'rita')
  if (role) await userEvent.selectOptions(within(dialog).getByLabelText('Rolle'), role)
  await userEvent.click(within(dialog).getByRole('button', { name: 'Anlegen' }))
  const made = await screen.findByRole('dialog', { name: 'Zugang angelegt' })
  return { role: body.role, dialog: made }
}

describe('tokens', () => {
  it('say the role of each person', async () => {
    show()
    expect((await screen.findByText('anna')).closest('li')?.textContent).toContain('Kundschaft · Netzplanung')
  })

  it('leave a person what they are unless a role is chosen', async () => {
    const { role, dialog } = await asked(null)
    expect(role).toBeNull()
    expect(dialog.textContent).not.toContain('abgemeldet')
  })

  it('give a role, and say what that ends', async () => {
    const { role, dialog } = await asked('reviewer')
    expect(role).toBe('reviewer')
    expect(dialog.textContent).toContain('Rolle: Redaktion')
    expect(dialog.textContent).toContain('älteren Zugänge gelten nicht mehr')
  })
})
