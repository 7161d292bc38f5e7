import { render, screen, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { instant } from '@/lib/berlin'
import { ApiError } from '@/lib/http'
import { dispose, drawn } from '../../tools/mock/chart'
import { ChartCard } from './chart-card'
import { heatOf } from './heat'
import { HeatCard } from './heat-map'
import type { Picture } from './picture'

let resized: (width: number) => void = () => undefined

beforeEach(() => {
  drawn.length = 0
  dispose.mockClear()
  class Watch {
    constructor(seen: (entries: { contentRect: { width: number } }[]) => void) {
      resized = (width) => seen([{ contentRect: { width } }])
    }
    observe(): void {
      resized(600)
    }
    disconnect(): void {}
  }
  vi.stubGlobal('ResizeObserver', Watch)
})

const picture: Picture = {
  from: 0,
  to: 1800,
  lines: [
    { name: 'Verbrauch', ink: 'consumption', ts: [0, 900], values: [1, 2], seconds: 900, unit: 'kW' },
    { name: 'Preis', ink: 'price', ts: [0, 900], values: [50, -4.5], seconds: 900, unit: 'EUR/MWh' },
  ],
}
const card = (more: Partial<Parameters<typeof ChartCard>[0]> = {}) => <ChartCard title="Lastgang" label="Ein Bild" picture={picture} filename="lastgang" empty={<p>Nichts da</p>} {...more} />

describe('a card with a chart', () => {
  it('draws, again for another width and another theme, and lets go', async () => {
    const { unmount } = render(card())
    expect(await screen.findByRole('img', { name: 'Ein Bild' })).toBeTruthy()
    await vi.waitFor(() => expect(drawn).toHaveLength(1))
    resized(390)
    await vi.waitFor(() => expect(drawn).toHaveLength(2))
    document.documentElement.dataset.theme = 'dark'
    await vi.waitFor(() => expect(drawn.at(-1)?.theme).toBe('dark'))
    unmount()
    expect(dispose).toHaveBeenCalledOnce()
    delete document.documentElement.dataset.theme
  })

  it('hides lines one by one, also the last', async () => {
    render(card())
    await vi.waitFor(() => expect(drawn.length).toBeGreaterThan(0))
    for (const name of ['Verbrauch', 'Preis']) await userEvent.click(screen.getByRole('button', { name, pressed: true }))
    await vi.waitFor(() => expect(drawn.at(-1)?.option.series.map((one) => one.name)).toEqual(['']))
    expect(screen.getByRole('button', { name: 'Preis', pressed: false })).toBeTruthy()
  })

  it('shows the same numbers as a table', async () => {
    render(card())
    await userEvent.click(screen.getByRole('button', { name: 'Als Tabelle zeigen' }))
    const rows = within(screen.getByRole('table')).getAllByRole('row')
    expect(rows.map((row) => [...row.children].map((one) => one.textContent))).toEqual([
      ['Beginn', 'Verbrauch (kW)', 'Preis (EUR/MWh)'],
      ['01.01.1970, 01:00', '1', '50'],
      ['01.01.1970, 01:15', '2', '-4,5'],
    ])
  })

  it('offers the picture only while it is drawn', async () => {
    render(card())
    await vi.waitFor(() => expect(drawn.length).toBeGreaterThan(0))
    await userEvent.click(screen.getByRole('button', { name: 'Herunterladen' }))
    expect(await screen.findByRole('menuitem', { name: 'Bild als PNG' })).toBeTruthy()
    await userEvent.keyboard('{Escape}')
    await userEvent.click(screen.getByRole('button', { name: 'Als Tabelle zeigen' }))
    await userEvent.click(screen.getByRole('button', { name: 'Herunterladen' }))
    expect(await screen.findByRole('menuitem', { name: 'Werte als CSV' })).toBeTruthy()
    expect(screen.queryByRole('menuitem', { name: 'Bild als PNG' })).toBeNull()
  })

  it('says so while nothing is there, nothing is known, or it went wrong', () => {
    const { rerender } = render(card({ picture: undefined }))
    expect(screen.queryByRole('button')).toBeNull()
    rerender(card({ picture: { ...picture, lines: picture.lines.map((line) => ({ ...line, values: [null, null] })) } }))
    expect(screen.getByText('Nichts da')).toBeTruthy()
    rerender(card({ error: new ApiError(500, 'x', 'Es ging nicht.', 'spur-1'), onRetry: () => undefined }))
    expect(screen.getByRole('alert').textContent).toContain('spur-1')
    expect(screen.getByRole('button', { name: 'Erneut versuchen' })).toBeTruthy()
  })

  it('has a heat map as a table with both hours of the one that comes twice', async () => {
    const from = instant(2026, 9, 25)
    const ts = Array.from({ length: 25 }, (_, hour) => from + hour * 3600)
    render(<HeatCard title="Tage und Stunden" label="Bild" name="Preis" filename="h" empty={null} heat={heatOf(ts, ts.map((_, hour) => hour - 2.5), 'EUR/MWh')} />)
    await userEvent.click(screen.getByRole('button', { name: 'Als Tabelle zeigen' }))
    const cells = within(screen.getByRole('table')).getAllByRole('cell')
    expect(cells).toHaveLength(24)
    expect(cells[2]?.textContent).toBe('-0,50 MESZ0,50 MEZ')
    expect(cells[0]?.className).toContain('text-negative')
  })
})
