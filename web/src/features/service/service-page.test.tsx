import { screen, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { http } from 'msw'
import { describe, expect, it } from 'vitest'
import { renderRouted } from '../../../tools/mock/routed'
import { ok, server } from '../../../tools/mock/vitest'
import { asCsv } from './customers'
import { ServicePage } from './service-page'

describe('the customer service', () => {
  it('looks up what others offer at a postcode, and only at one', async () => {
    renderRouted(<ServicePage />)
    const button = await screen.findByRole('button', { name: 'Nachsehen' })
    expect(button.hasAttribute('disabled')).toBe(true)
    await userEvent.type(screen.getByLabelText('Postleitzahl'), '10115')
    await userEvent.click(button)
    const table = await screen.findByRole('table', { name: 'Angebote für 10115' })
    expect(within(table).getAllByRole('row').map(({ textContent }) => textContent)).toContain('Fernstrom11,9029,4001.01.2026')
  })

  it('shows who may leave only after a click, since that is noted', async () => {
    let asked = 0
    server.use(http.get('*/api/v1/customers/at-risk', () => { asked += 1; return ok({ customers: [{ customer_no: 'K7', chance: 0.31, tariff: 'Flex', months_left: 1, price_change: null, contacts_90d: 3 }] }) }))
    renderRouted(<ServicePage />)
    await screen.findByText(/steht im Protokoll/)
    expect(asked).toBe(0)
    await userEvent.click(screen.getByRole('button', { name: 'Liste zeigen' }))
    const table = await screen.findByRole('table', { name: 'Wer wohl kündigt' })
    expect(table.textContent).toContain('K731')
    expect(asked).toBe(1)
  })

  it('says so where nothing is known', async () => {
    server.use(http.get('*/api/v1/customers/groups', () => ok({ groups: [] })))
    renderRouted(<ServicePage />)
    expect(await screen.findByText('Noch sind keine Gruppen gefunden')).toBeTruthy()
  })

  it('gives a list that no spreadsheet takes for formulas', () => {
    const text = asCsv([{ customer_no: '=1+1', chance: 0.5, tariff: 'a;b', months_left: null, price_change: -0.1, contacts_90d: 2 }])
    expect(text).toContain('\'=1+1;0,5;"a;b";;-0,1;2\r\n')
  })
})
