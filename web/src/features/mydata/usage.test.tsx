import { screen } from '@testing-library/react'
import { http } from 'msw'
import { describe, expect, it } from 'vitest'
import { renderRouted } from '../../../tools/mock/routed'
import { ok, server } from '../../../tools/mock/vitest'
import { OwnUsage } from './usage'

const answer = (budget: object | null) => http.get('*/api/v1/me/quota', () => ok({ budget, quotas: [] }))

describe('what a person keeps', () => {
  it('stands beside what they may keep, with what makes room', async () => {
    renderRouted(<OwnUsage />)
    expect((await screen.findByText('12 von 500')).closest('li')?.textContent).toContain('Platz schafft, wer Dokumente löscht.')
    expect(screen.getByRole('meter', { name: 'Platz: 98 % belegt' })).toBeTruthy()
    expect(screen.getByText('noch 21 von 30 s')).toBeTruthy()
  })

  it('says when spent processor time goes on, and nothing of it where it has no limit', async () => {
    server.use(answer({ seconds: 30, left: 0, wait: 17 }))
    const { queries } = renderRouted(<OwnUsage />)
    expect(await screen.findByText('Aufgebraucht; in 17 s geht es weiter.')).toBeTruthy()
    server.use(answer(null))
    await queries.invalidateQueries({ queryKey: ['own-quota'] })
    await expect.poll(() => screen.queryByText(/Rechenzeit/)).toBeNull()
  })
})
