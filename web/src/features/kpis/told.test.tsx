import { screen, waitFor, within } from '@testing-library/react'
import { http } from 'msw'
import { describe, expect, it } from 'vitest'
import { renderRouted } from '../../../tools/mock/routed'
import { ok, server } from '../../../tools/mock/vitest'
import { UnusualHours } from './alerts/unusual-hours'
import { Staffing } from './figures/staffing'

const contact = (day: string, topic: string, expected: number, usual: number) => ({ day, channel: 'Telefon', topic, expected, usual })

describe('what engines tell of figures', () => {
  it('adds contacts up by day and names what is most above the usual', async () => {
    server.use(http.get('*/api/v1/admin/staffing', () => ok({ contacts: [contact('2026-11-26', 'Störung', 30, 20), contact('2026-11-26', 'Tarif', 11, 10), contact('2026-11-27', 'Störung', 20, 20)] })))
    renderRouted(<Staffing />)
    const days = within(await screen.findByRole('list', { name: 'Erwartete Kontakte je Tag' })).getAllByRole('listitem')
    expect(days.map(({ textContent }) => textContent)).toEqual(['Do., 26.11.41üblich 30', 'Fr., 27.11.20üblich 20'])
    expect(screen.getByText(/Am meisten über dem Üblichen: Störung \(Telefon\) mit 50 statt 40 Kontakten/)).toBeTruthy()
  })

  it('says of an hour what it was and what is usual, shares in per cent and never below none', async () => {
    server.use(http.get('*/api/v1/admin/unusual', () => ok({ hours: [{ kpi: 'refused_share', title: 'Ohne Antwort', kind: 'share', unit: '%', digits: 1, starts: '2026-11-25T14:00:00Z', value: 0.4, low: -0.02, high: 0.1 }] })))
    renderRouted(<UnusualHours />)
    const hours = await screen.findByRole('list', { name: 'Ungewöhnliche Stunden' })
    expect(hours.textContent?.replaceAll('\u00a0', ' ')).toContain('40,0 %, üblich sind 0,0 % bis 10,0 %')
  })

  it('is not there where no engine tells', async () => {
    let asked = 0
    server.use(
      http.get('*/api/v1/admin/staffing', () => { asked += 1; return ok({ contacts: [] }) }),
      http.get('*/api/v1/admin/unusual', () => { asked += 1; return ok({ hours: [] }) }),
    )
    renderRouted(<><Staffing /><UnusualHours /></>)
    await waitFor(() => expect(asked).toBe(2))
    expect(screen.queryByRole('list')).toBeNull()
  })
})
