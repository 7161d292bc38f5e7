import { cleanup, screen, waitFor, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { http, HttpResponse } from 'msw'
import { describe, expect, it, vi } from 'vitest'
import { renderRouted } from '../../../tools/mock/routed'
import { atNoon, ok, server, withoutStream } from '../../../tools/mock/vitest'
import { OverviewPage } from './overview-page'

withoutStream()

const none = http.get('*/api/v1/data/meters', () => ok({ meters: [], total: 0 }))
const show = (mayFeed = true, user: string | null = mayFeed ? null : 'anna'): void =>
  void renderRouted(<OverviewPage search={{}} onSearch={() => undefined} mayFeed={mayFeed} user={user} checklist={mayFeed ? <p>Erste Schritte</p> : null} />)

describe('the Übersicht', () => {
  it('shows a sentence, four numbers that lead to their charts, and the first recommendation', async () => {
    atNoon()
    show()
    await waitFor(() => expect(screen.getByLabelText('Luna zum Tag').textContent).toMatch(/kWh|Uhr/), { timeout: 8000 })
    const numbers = await screen.findByRole('region', { name: 'Kennzahlen' })
    await waitFor(() => expect(within(numbers).getAllByRole('link')).toHaveLength(4), { timeout: 8000 })
    const links = within(numbers).getAllByRole('link')
    expect(links[0]?.getAttribute('href')).toMatch(/^\/energie\?zaehler=.+&von=\d{4}-\d\d-\d\d&bis=/)
    expect(links[2]?.getAttribute('href')).toMatch(/^\/markt\?von=\d{4}-\d\d-\d\d/)
    expect(links[0]?.textContent).toContain('240,0 kWh')
    expect(await screen.findByText('Mehr vom eigenen Solarstrom nutzen')).toBeTruthy()
  })

  it('explains a number on demand', async () => {
    show()
    await userEvent.click(await screen.findByRole('button', { name: 'Was bedeutet: Spitze gestern?' }))
    expect((await screen.findByRole('dialog', { name: 'Spitze gestern' })).textContent).toContain('Leistungspreis')
  })

  it('offers sample data and an example before there are meters', async () => {
    const started = vi.fn()
    server.use(none, http.post('*/api/v1/sim/run', async ({ request }) => {
      started(await request.json())
      return ok({})
    }))
    show()
    await userEvent.click(await screen.findByRole('button', { name: 'Beispieldaten laden' }))
    await waitFor(() => expect(started).toHaveBeenCalledWith(expect.objectContaining({ action: 'start', meters: 10 })))
    expect(await screen.findByText('Werte entstehen …')).toBeTruthy()
    expect(screen.getByText('Beispiel: ein Tag')).toBeTruthy()
    expect(screen.queryByRole('region', { name: 'Kennzahlen' })).toBeNull()
  })

  it('tells a customer without meters who can help', async () => {
    server.use(none)
    show(false)
    expect(await screen.findByText('Ihnen ist noch kein Zähler zugeordnet')).toBeTruthy()
    expect(screen.queryByRole('button', { name: 'Beispieldaten laden' })).toBeNull()
    expect(screen.getByLabelText('Ihre Frage')).toBeTruthy()
  })

  it('shows passages for somebody, opens them, and says from which list', async () => {
    const noted = vi.fn()
    server.use(http.post('*/api/v1/events', async ({ request }) => {
      noted(await request.json())
      return ok({})
    }))
    show(false)
    const card = await screen.findByRole('region', { name: 'Für Sie' })
    await waitFor(() => expect(within(card).getAllByRole('button')).toHaveLength(5))
    await userEvent.click(within(card).getByRole('button', { name: /Energiewirtschaftsgesetz.*§ 36/ }))
    expect(await screen.findByRole('dialog', { name: 'Energiewirtschaftsgesetz' })).toBeTruthy()
    await waitFor(() => expect(noted).toHaveBeenCalledWith(expect.objectContaining({ user_id: 'anna', type: 'click', meta: { list_id: '99999999-9999-4999-8999-999999999999', position: 2 } })))
  })

  it('is quiet where there is nothing for somebody, and where nobody is named', async () => {
    server.use(http.post('*/api/v1/recommend', () => ok({ list_id: '99999999-9999-4999-8999-999999999999', items: [] })))
    show(false)
    expect(await screen.findByText(/Noch nichts/)).toBeTruthy()
    cleanup()
    show()
    await screen.findByLabelText('Ihre Frage')
    expect(screen.queryByRole('region', { name: 'Für Sie' })).toBeNull()
  })

  it('keeps which meter is one’s own in the browser', async () => {
    show()
    const choice = await screen.findByLabelText<HTMLSelectElement>('Zähler der Übersicht')
    const other = [...choice.options].find((option) => !option.selected && option.value !== 'alle')
    await userEvent.selectOptions(choice, other?.value ?? '')
    expect(window.localStorage.getItem('nova.zaehler')).toBe(other?.value)
  })

  it('says when figures cannot be loaded, with the trace', async () => {
    server.use(http.get('*/api/v1/data/figures', () => HttpResponse.json({ status: 'error', message: 'Die Datenbank antwortet nicht.', data: { code: 'unavailable' }, trace_id: 'spur-1' }, { status: 503 })))
    show()
    const numbers = await screen.findByRole('region', { name: 'Kennzahlen' })
    expect(await within(numbers).findByText('spur-1')).toBeTruthy()
    expect(within(numbers).getByRole('button', { name: 'Erneut versuchen' })).toBeTruthy()
  })
})
