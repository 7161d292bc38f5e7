import { screen, waitFor, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { http, HttpResponse } from 'msw'
import { describe, expect, it, vi } from 'vitest'
import { renderRouted } from '../../../tools/mock/routed'
import { atNoon, ok, server, withoutStream } from '../../../tools/mock/vitest'
import { OverviewPage } from './overview-page'

withoutStream()

const none = http.get('*/api/v1/data/meters', () => ok({ meters: [], total: 0 }))
const show = (mayFeed = true): void => void renderRouted(<OverviewPage search={{}} onSearch={() => undefined} mayFeed={mayFeed} checklist={mayFeed ? <p>Erste Schritte</p> : null} />)

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
