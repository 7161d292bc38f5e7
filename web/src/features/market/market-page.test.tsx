import { createMemoryHistory, createRootRoute, createRoute, createRouter, RouterProvider } from '@tanstack/react-router'
import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { configure, render, screen, waitFor, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { http, HttpResponse } from 'msw'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { atNoon, ok, server } from '../../../tools/mock/vitest'
import { MarketPage } from './market-page'
import { readMarketSearch } from './search'

configure({ asyncUtilTimeout: 5000 })

class Stream extends EventTarget {
  static last: Stream | null = null
  constructor() {
    super()
    Stream.last = this
  }
  close(): void {}
}

beforeEach(() => {
  vi.stubGlobal('EventSource', Stream)
  localStorage.clear()
})

function open(address = '/markt', mayFeed = true) {
  const root = createRootRoute()
  const page = createRoute({
    getParentRoute: () => root,
    path: '/markt',
    validateSearch: readMarketSearch,
    component: function Market() {
      const navigate = page.useNavigate()
      return <MarketPage mayFeed={mayFeed} search={page.useSearch()} onSearch={(next) => void navigate({ search: (old) => ({ ...old, ...next }) })} />
    },
  })
  const router = createRouter({ routeTree: root.addChildren([page]), history: createMemoryHistory({ initialEntries: [address] }) })
  const queries = new QueryClient({ defaultOptions: { queries: { retry: false } } })
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the app's own router is another type
  render(<QueryClientProvider client={queries}><RouterProvider router={router as never} /></QueryClientProvider>)
  return router
}

const nothing = { market: 'EPEX', product: 'DAY_AHEAD', zone: 'DE-LU', unit: 'EUR/MWh', resolution: 900, columns: { ts: [], min: [], mean: [], max: [] }, quality: {} }

describe('the page of markets', () => {
  it('says the price of now, the cheapest windows and how good the forecast was', async () => {
    atNoon()
    open()
    expect(await screen.findByRole('heading', { name: 'Preise heute und morgen' })).toBeTruthy()
    const windows = screen.getByRole('list', { name: 'Günstigste 3 Stunden am Stück' })
    expect(within(windows).getAllByRole('listitem')).toHaveLength(2)
    expect(within(windows).getAllByRole('listitem')[1]?.textContent).toContain('morgen11:30 bis 14:30 Uhr')
    expect(screen.getByText(/^Jetzt .* EUR\/MWh/)).toBeTruthy()
    expect(await screen.findByText(/43 % weniger als der Preis der Vorwoche \(rMAE 0,57\)\. 91 % der Preise lagen im 90-%-Band/)).toBeTruthy()
    expect(document.body.textContent).not.toMatch(/perfect foresight/i)
  })

  it('says figures of today and of tomorrow, in words where they are below zero', async () => {
    const router = open()
    const today = await screen.findByRole('region', { name: 'Kennzahlen heute' })
    await waitFor(() => expect(within(today).getByText('Günstigste Stunde heute').closest('div')?.textContent).toContain('unter 0'))
    await userEvent.click(screen.getByRole('radio', { name: 'Morgen' }))
    expect(await screen.findByRole('region', { name: 'Kennzahlen morgen' })).toBeTruthy()
    expect(router.state.location.search).toEqual({ tag: 'morgen' })
  })

  it('explains a figure', async () => {
    open()
    await userEvent.click(await screen.findByRole('button', { name: /Was heißt Tagesmittel/ }))
    expect(await screen.findByText(/Das Mittel aller Stunden des Tages/)).toBeTruthy()
  })

  it('shows other units, markets and windows by the address', async () => {
    const router = open('/markt?einheit=ct&markt=EEX&fenster=6')
    expect(await screen.findByRole('list', { name: 'Günstigste 6 Stunden am Stück' })).toBeTruthy()
    expect(screen.getByText(/^Jetzt .* ct\/kWh/)).toBeTruthy()
    await userEvent.selectOptions(screen.getByRole('combobox', { name: 'Produkt' }), 'BASE')
    await waitFor(() => expect(router.state.location.search).toEqual({ einheit: 'ct', markt: 'EEX', zone: 'DE-LU', fenster: 6, produkt: 'BASE' }))
    expect(await screen.findByRole('heading', { name: 'Verlauf BASE' })).toBeTruthy()
    expect(screen.getByText(/EEX Day-Ahead \(DE-LU\) · je 15 Minuten/)).toBeTruthy()
  })

  it('has a table beside the heat map', async () => {
    open()
    const heat = await screen.findByRole('region', { name: 'Tage und Stunden' })
    await userEvent.click(await within(heat).findByRole('button', { name: 'Als Tabelle zeigen' }))
    const table = within(heat).getByRole('table')
    expect(within(table).getAllByRole('columnheader')).toHaveLength(25)
    expect(within(table).getAllByRole('rowheader').length).toBeGreaterThanOrEqual(30)
  })

  it('says when to charge and why it cannot', async () => {
    open()
    const card = await screen.findByRole('region', { name: /Wann laden/ })
    expect(await within(card).findByText('Mittlerer Preis')).toBeTruthy()
    const energy = within(card).getByLabelText('Energie (kWh)')
    await userEvent.clear(energy)
    await userEvent.type(energy, '9000')
    expect(await within(card).findByText(/Preise sind aber nur noch für .* h bekannt/)).toBeTruthy()
    await userEvent.clear(energy)
    expect(await within(card).findByText('Nennen Sie Energie und Leistung.')).toBeTruthy()
  })

  it('asks anew when the stream tells of prices', async () => {
    let calls = 0
    server.use(http.get('*/api/v1/data/products', () => void (calls += 1)))
    open()
    await screen.findByRole('heading', { name: 'Preise heute und morgen' })
    const before = calls
    vi.useFakeTimers({ shouldAdvanceTime: true })
    Stream.last?.dispatchEvent(new MessageEvent('prices', { data: '{"prices":[]}' }))
    await vi.advanceTimersByTimeAsync(11_000)
    vi.useRealTimers()
    await waitFor(() => expect(calls).toBeGreaterThan(before))
  })

  it('names the next step where nothing is known', async () => {
    server.use(http.get('*/api/v1/data/products', () => ok({ products: [] })))
    open()
    expect((await screen.findByRole('link', { name: 'Preisquelle einrichten' })).getAttribute('href')).toBe('/admin/daten')
  })

  it('offers the last known week where today has no prices', async () => {
    const until = Date.UTC(2026, 4, 31, 22) / 1000
    server.use(
      http.get('*/api/v1/data/products', () => ok({ products: [{ market: 'EPEX', product: 'DAY_AHEAD', zone: 'DE-LU', seconds: [900], since: 0, until, derived: false }] })),
      http.get('*/api/v1/data/market', () => ok(nothing)),
      http.get('*/api/v1/data/forecasts', () => HttpResponse.json({ status: 'error', message: 'Dafür gibt es keine Vorhersage.', data: { code: 'not_found' }, trace_id: 't' }, { status: 404 })),
    )
    const router = open('/markt', false)
    await userEvent.click(await screen.findByRole('button', { name: 'Letzte bekannte Woche zeigen' }))
    await waitFor(() => expect(router.state.location.search).toEqual({ von: '2026-05-25', bis: '2026-05-31' }))
  })

  it('says what went wrong and tries again', async () => {
    let broken = true
    server.use(http.get('*/api/v1/data/products', () => (broken ? HttpResponse.json({ status: 'error', message: 'Die Datenbank ruht.', data: { code: 'x' }, trace_id: 'abc' }, { status: 503 }) : undefined)))
    open()
    expect((await screen.findByRole('alert')).textContent).toContain('abc')
    broken = false
    await userEvent.click(screen.getByRole('button', { name: 'Erneut versuchen' }))
    expect(await screen.findByRole('heading', { name: 'Preise heute und morgen' })).toBeTruthy()
  })
})
