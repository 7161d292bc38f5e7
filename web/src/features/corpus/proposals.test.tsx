import { screen, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { http } from 'msw'
import { describe, expect, it, vi } from 'vitest'
import { renderRouted } from '../../../tools/mock/routed'
import { ok, server } from '../../../tools/mock/vitest'
import { Proposals } from './proposals'
import * as uploads from './uploads'

describe('proposals', () => {
  it('become a file that says where it is from, once', async () => {
    const added = vi.spyOn(uploads, 'addFiles').mockImplementation(() => undefined)
    renderRouted(<Proposals />)
    await userEvent.click(await screen.findByRole('button', { name: /Ganz lesen/ }))
    const dialog = await screen.findByRole('dialog', { name: 'https://example.org/foerderung' })
    await userEvent.click(within(dialog).getByRole('button', { name: 'Aufnehmen' }))
    const file = added.mock.calls[0]?.[0][0]
    expect(file?.name).toBe('https-example-org-foerderung.md')
    expect(await file?.text()).toContain('Quelle: https://example.org/foerderung, vom 20.11.2026, Lizenz: CC BY 4.0')
    expect((await screen.findByRole('button', { name: /^Aufnehmen: / })).hasAttribute('disabled')).toBe(true)
    expect(added).toHaveBeenCalledTimes(1)
  })

  it('are not there where no engine has any', async () => {
    server.use(http.get('*/api/v1/admin/proposals', () => ok({ proposals: [], total: 0 })))
    renderRouted(<Proposals />)
    await new Promise((resolve) => { setTimeout(resolve, 50) })
    expect(screen.queryByText('Vorschläge')).toBeNull()
  })
})
