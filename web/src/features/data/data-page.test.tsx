import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { createMemoryHistory, createRootRoute, createRoute, createRouter, RouterProvider } from '@tanstack/react-router'
import { configure, render, screen, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { http, HttpResponse } from 'msw'
import { beforeAll, describe, expect, it, vi } from 'vitest'
import { OPERATOR } from '../../../tools/mock/routed'
import { ok, server, withoutStream } from '../../../tools/mock/vitest'
import type { Capability } from '@/api/types'
import { MayContext } from '@/lib/may'
import { DataPage } from './data-page'
import { readDataSearch } from './meters/search'

withoutStream()
beforeAll(() => {
  configure({ asyncUtilTimeout: 8000 })
  vi.setConfig({ testTimeout: 30_000 })
})

function open(address: string, may: readonly Capability[] = OPERATOR) {
  const root = createRootRoute()
  const page = createRoute({
    getParentRoute: () => root,
    path: '/admin/daten',
    validateSearch: readDataSearch,
    component: function Page() {
      const navigate = page.useNavigate()
      return <DataPage search={page.useSearch()} onSearch={(next) => void navigate({ search: (old) => ({ ...old, ...next }) })} />
    },
  })
  const router = createRouter({ routeTree: root.addChildren([page]), history: createMemoryHistory({ initialEntries: [address] }) })
  const queries = new QueryClient({ defaultOptions: { queries: { retry: false } } })
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the app's own router is another type
  render(<QueryClientProvider client={queries}><MayContext value={may}><RouterProvider router={router as never} /></MayContext></QueryClientProvider>)
  return router
}


describe('the page of data', () => {
  it('shows faulty sources and the worst meters first', async () => {
    open('/admin/daten')
    const sources = await screen.findByRole('region', { name: 'Datenquellen' })
    expect(await within(sources).findByText(/Der Broker lehnt die Anmeldung ab/)).toBeTruthy()
    expect(within(sources).getAllByRole('listitem')[0]?.textContent).toContain('gestört')
    expect(await screen.findByText('Werk Nord', { selector: 'td button' })).toBeTruthy()
    const names = [...document.querySelectorAll('tbody tr')].map((row) => row.querySelector('button')?.textContent)
    expect(names.slice(0, 2)).toEqual(['leer', 'Werk Nord'])
    expect(names).toHaveLength(25)
    expect(screen.getByText(/1 Zähler hat Lücken/)).toBeTruthy()
  })

  it('says how far the simulator has come', async () => {
    open('/admin/daten')
    expect(await screen.findByText(/Holt auf: Werte bis/)).toBeTruthy()
    expect(screen.getByRole('progressbar', { name: 'Aufgeholte Zeit' }).getAttribute('aria-valuenow')).toBe('50')
  })

  it('filters by the address and puts filters there', async () => {
    const router = open('/admin/daten?art=household')
    expect(await screen.findByText('Haushalt 1', { selector: 'td button' })).toBeTruthy()
    expect(document.querySelectorAll('tbody tr')).toHaveLength(1)
    await userEvent.selectOptions(screen.getByLabelText('Herkunft'), 'nein')
    expect(await screen.findByText('Kein Zähler passt dazu')).toBeTruthy()
    expect(router.state.location.search).toEqual({ art: 'household', simuliert: 'nein' })
  })

  it('explains what became of a file', async () => {
    open('/admin/daten?lieferung=12')
    const drawer = await screen.findByRole('dialog')
    expect(await within(drawer).findByText(/94 Werte wurden übernommen, davon 4 mit einer Korrektur/)).toBeTruthy()
    expect(within(drawer).getByText(/Zeile 3, Spalte/)).toBeTruthy()
    expect(within(drawer).getByText(/Berichtigen Sie die genannten Zellen/)).toBeTruthy()
  })

  it('takes a delivery back once that is confirmed', async () => {
    const asked = vi.fn()
    server.use(http.post('*/api/v1/data/imports/:id/take-back', ({ params }) => (asked(params.id), ok({}))))
    open('/admin/daten?lieferung=12')
    await userEvent.click(await screen.findByRole('button', { name: 'Zurücknehmen' }))
    const question = await screen.findByRole('dialog', { name: /zurücknehmen\?/ })
    expect(within(question).getByText(/gilt wieder/)).toBeTruthy()
    expect(asked).not.toHaveBeenCalled()
    await userEvent.click(within(question).getByRole('button', { name: 'Zurücknehmen' }))
    await vi.waitFor(() => expect(asked).toHaveBeenCalledWith('12'))
  })

  it('assigns a meter to people with times', async () => {
    const sent = vi.fn()
    server.use(http.put('*/api/v1/data/meters/:id/assignments', async ({ request }) => (sent(await request.json()), ok({ meter_id: 'DE0001', assignments: [] }))))
    open('/admin/daten?zaehler=DE0001')
    await userEvent.click(await screen.findByRole('tab', { name: 'Zuordnung' }))
    const form = await screen.findByRole('form', { name: 'Zuordnung' })
    expect(within(form).getByDisplayValue('anna')).toBeTruthy()
    await userEvent.type(within(form).getByLabelText('Bis'), '2026-07-01')
    await userEvent.click(within(form).getByRole('button', { name: 'Person hinzufügen' }))
    expect(within(form).getByText('Nennen Sie die Person.')).toBeTruthy()
    await userEvent.type(within(form).getAllByLabelText('Person')[1]!, 'ben')
    await userEvent.click(within(form).getByRole('button', { name: 'Zuordnung speichern' }))
    await vi.waitFor(() =>
      expect(sent).toHaveBeenCalledWith([
        { customer: 'anna', from: '2025-12-31T23:00:00Z', to: '2026-07-01' },
        { customer: 'ben', from: '2026-07-01', to: null },
      ]),
    )
  })

  it('shows the gaps of a meter with a way to the curve around them', async () => {
    server.use(http.get('*/api/v1/data/smartmeter', () => ok({ meter_id: 'DE0001', unit: 'kW', resolution: 900, columns: { ts: [], min: [], mean: [], max: [] }, production: null, peak: null, quality: { measured: 630, missing: 13 } })))
    open('/admin/daten?zaehler=DE0001')
    const drawer = await screen.findByRole('dialog')
    const link = await within(drawer).findByRole('link', { name: /Lastgang um die Lücke/ })
    expect(await within(drawer).findByText(/630 Intervalle · 98 %/)).toBeTruthy()
    expect(link.getAttribute('href')).toMatch(/^\/energie\?zaehler=DE0001&von=.+&bis=.+/)
  })

  it('offers sample data where nothing is', async () => {
    server.use(
      http.get('*/api/v1/data/meters', () => ok({ meters: [], total: 0 })),
      http.get('*/api/v1/sim', () => ok({ running: false, seed: 1, meters: 10, days: 14, faults: false, smartmeter_interval_sec: 60, market_interval_sec: 300, markets: ['EEX'], products: ['BASE'], rows: 0, until: null, last_at: null, last_error: null })),
    )
    const started = vi.fn()
    server.use(
      http.post('*/api/v1/sim/run', async ({ request }) => {
        started(await request.json())
        return ok({})
      }),
    )
    open('/admin/daten')
    await userEvent.click(await screen.findByRole('button', { name: 'Mit Übungsdaten beginnen' }))
    await vi.waitFor(() => expect(started).toHaveBeenCalledWith({ action: 'start' }))
  })

  it('says what failed, with the trace id', async () => {
    server.use(http.get('*/api/v1/data/feeds', () => HttpResponse.json({ status: 'error', message: 'Die Datenbank antwortet nicht.', data: { code: 'server_absent' }, trace_id: 'spur-7' }, { status: 503 })))
    open('/admin/daten')
    expect(await screen.findByText('Die Datenbank antwortet nicht.')).toBeTruthy()
    expect(screen.getByText('spur-7')).toBeTruthy()
  })

  it('neither assigns nor deletes meters for who may not', async () => {
    open('/admin/daten?zaehler=DE0001', ['use', 'company', 'data'])
    expect(await screen.findByRole('tab', { name: 'Angaben' })).toBeTruthy()
    expect(screen.queryByRole('tab', { name: 'Zuordnung' })).toBeNull()
    expect(screen.queryByRole('button', { name: 'Löschen' })).toBeNull()
  })
})
