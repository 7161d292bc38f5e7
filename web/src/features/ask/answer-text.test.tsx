import { render, screen, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { describe, expect, it, vi } from 'vitest'
import type { Citation } from '@/api/types'
import { http } from 'msw'
import { citation } from '../../../tools/mock/data.mjs'
import { renderRouted } from '../../../tools/mock/routed'
import { ok, server } from '../../../tools/mock/vitest'
import { AnswerText } from './answer-text'

const cited = citation as Citation

describe('AnswerText', () => {
  it('shows a chip only for citations that exist, and opens them', async () => {
    const onOpen = vi.fn()
    render(<AnswerText sentences={[{ text: 'Ein Satz.', citations: [1, 7], facts: [], checked: true }]} citations={[cited]} facts={[]} onOpen={onOpen} />)
    expect(screen.getAllByRole('button')).toHaveLength(1)
    await userEvent.click(screen.getByRole('button', { name: /^Quelle 1: Energiewirtschaftsgesetz/ }))
    expect(onOpen).toHaveBeenCalledWith(cited)
  })

  const fact = {
    fact_id: '0190aaaa-0000-7000-8000-000000000001',
    label: 'Verbrauch im März',
    value: 312.5,
    unit: 'kWh',
    text: '312,5 kWh',
    query: { tool: 'energy', column: 'consumption', meter: 'haus-1', from: '2025-02-28T23:00:00Z', to: '2025-03-31T22:00:00Z' },
    rows: 2972,
    chart: null,
  }
  const withFact = <AnswerText sentences={[{ text: 'Es waren 312,5 kWh.', citations: [], facts: [fact.fact_id, 'unknown'], checked: true }]} citations={[]} facts={[fact]} onOpen={() => undefined} />

  it('shows how a number from data was found', async () => {
    renderRouted(withFact)
    await userEvent.hover(await screen.findByRole('button', { name: 'Angabe 1: Verbrauch im März, 312,5 kWh' }))
    const card = await screen.findByTestId('fact-card')
    expect(card.textContent).toContain('2.972 Werten')
    expect(within(card).getByRole('link').getAttribute('href')).toBe('/energie?von=2025-03-01&bis=2025-03-31&zaehler=haus-1')
  })

  it('opens the data behind a number and says whether it still holds', async () => {
    const again = { fact_id: fact.fact_id, equal: false, value: 312.5, unit: 'kWh', text: '312,5 kWh', value_now: 310, unit_now: 'kWh', text_now: '310,0 kWh', rows: 2972, rows_now: 2972, chart: null, computed_at: '2026-11-22T01:00:00Z', reason: '' }
    server.use(http.post(`*/api/v1/data/facts/${fact.fact_id}/recompute`, () => ok(again)))
    renderRouted(withFact)
    await userEvent.click(await screen.findByRole('button', { name: /^Angabe 1/ }))
    const dialog = await screen.findByRole('dialog', { name: '312,5 kWh' })
    expect(await within(dialog).findByText(/jetzt 310,0 kWh statt 312,5 kWh/)).toBeTruthy()
    expect(dialog.textContent).toContain('Summe aus Leistung × Dauer')
  })

  it('marks a sentence that nothing supports, in words', () => {
    render(<AnswerText sentences={[{ text: 'Behauptet.', citations: [], facts: [], checked: false }]} citations={[]} facts={[]} onOpen={() => undefined} />)
    expect(screen.getByText('(nicht belegt)')).toBeTruthy()
  })

  it('shows what stands for personal values as words with a reason', () => {
    const { container } = render(<AnswerText sentences={[{ text: 'Der Zähler [ZÄHLER_0MTFC9] gehört Herrn [NAME_2MJRHG].', citations: [], facts: [], checked: true }]} citations={[]} facts={[]} onOpen={() => undefined} />)
    expect(container.textContent).toContain('Der Zähler [Zähler] gehört Herrn [Name].')
    expect(screen.getByText('[Name]').title).toContain('Hier stand: Name.')
  })

  it('takes HTML, links and pictures from documents for text', () => {
    const hostile = '<img src=x onerror=alert(1)> [klick](https://boese.example) <script>alert(1)</script>'
    const { container } = render(<AnswerText sentences={[{ text: hostile, citations: [], facts: [], checked: true }]} citations={[]} facts={[]} onOpen={() => undefined} />)
    expect(container.querySelector('img, a, script')).toBeNull()
    expect(container.textContent).toContain(hostile)
  })
})
