import { configure, screen, waitFor, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { http } from 'msw'
import { describe, expect, it, vi } from 'vitest'
import { renderRouted } from '../../../tools/mock/routed'
import { ok, server, withoutStream } from '../../../tools/mock/vitest'
import { EnergyPage } from './energy-page'
import type { EnergySearch } from './search'

// A page of many cards on a busy machine.
configure({ asyncUtilTimeout: 8000 })
vi.setConfig({ testTimeout: 20_000 })

withoutStream()

const show = (search: EnergySearch = {}, mayFeed = true) => {
  const onSearch = vi.fn()
  renderRouted(<EnergyPage search={search} onSearch={onSearch} mayFeed={mayFeed} />)
  return onSearch
}
const none = http.get('*/api/v1/data/meters', () => ok({ meters: [], total: 0 }))

describe('the page Energie', () => {
  it('shows figures with when and why not, and the quality in words', async () => {
    show()
    const main = await screen.findByLabelText('Kennzahlen')
    await waitFor(() => expect(main.textContent).toContain('240,0 kWh'))
    expect(main.textContent).toContain('4,20 kW')
    expect(main.textContent).toContain('Für diesen Zähler gibt es keine Erzeugung.')
    expect((await screen.findByLabelText('Datenqualität')).textContent).toMatch(/gemessene Werte, 8 Ersatzwerte; \d fehlen \(1 Stunde/)
    expect(screen.getByRole('link', { name: 'Luna fragen' }).getAttribute('href')).toMatch(/^\/fragen\?frage=Warum/)
  })

  it('compares with the period before', async () => {
    show({ vergleich: true })
    await waitFor(() => expect(screen.getByLabelText('Kennzahlen').textContent).toContain('+20 % davor 200,0 kWh'))
  })

  it('reckons with the tariff that is entered', async () => {
    show()
    await userEvent.click(await screen.findByRole('button', { name: 'Tarif' }))
    await userEvent.type(await screen.findByLabelText('Aufschlag auf den Börsenpreis (ct/kWh)'), '5,5')
    await waitFor(() => expect(window.localStorage.getItem('nova.tarif')).toBe('{"surcharge_ct_kwh":5.5}'))
    await waitFor(() => expect(screen.getAllByText('68,40').length).toBe(2))
  })

  it('explains a figure on demand', async () => {
    show()
    await userEvent.click(await screen.findByRole('button', { name: 'Was bedeutet Grundlast?' }))
    expect((await screen.findByRole('dialog', { name: 'Grundlast' })).textContent).toContain('nur in 5 % der Zeit unterschritten')
  })

  it('leads from an empty range to the newest value', async () => {
    server.use(http.get('*/api/v1/data/smartmeter', ({ request }) => {
      const meter_id = new URL(request.url).searchParams.get('meter_id')
      return ok({ meter_id, unit: 'kW', resolution: 900, columns: { ts: [], min: [], mean: [], max: [] }, production: null, peak: null, quality: {} })
    }))
    const onSearch = show({ zaehler: 'DE0001', von: '2025-01-01', bis: '2025-01-07' })
    await userEvent.click(await screen.findByRole('button', { name: 'Zum letzten Wert' }))
    expect(onSearch).toHaveBeenCalledWith(expect.objectContaining({ zeitraum: undefined, von: expect.stringMatching(/^\d{4}-\d\d-\d\d$/) as string }))
  })

  it('says what to do without any meter, to each their own', async () => {
    server.use(none)
    show()
    expect((await screen.findByRole('link', { name: /Daten & Simulator/ })).getAttribute('href')).toBe('/admin/daten')
  })

  it('tells a customer without a meter who can help', async () => {
    server.use(none)
    show({}, false)
    expect(await screen.findByText('Ihnen ist noch kein Zähler zugeordnet')).toBeTruthy()
    expect(screen.queryByRole('link')).toBeNull()
  })

  it('knows no meter of that name', async () => {
    const onSearch = show({ zaehler: 'fremd' })
    await userEvent.click(within(await screen.findByRole('main').catch(() => document.body)).getByRole('button', { name: 'Meine Zähler zeigen' }))
    expect(onSearch).toHaveBeenCalledWith({ zaehler: undefined })
  })
})
