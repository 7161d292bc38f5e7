import { render, screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { describe, expect, it, vi } from 'vitest'
import type { Citation } from '@/api/types'
import { citation } from '../../../tools/mock/data.mjs'
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

  it('shows how a number from data was found', async () => {
    const fact = { fact_id: 'f1', label: 'Verbrauch im März', value: 312.5, unit: 'kWh', text: '312,5 kWh', query: { from: '2025-03-01T00:00:00+01:00', to: '2025-04-01T00:00:00+02:00' }, rows: 2972, chart: null }
    render(<AnswerText sentences={[{ text: 'Es waren 312,5 kWh.', citations: [], facts: ['f1', 'unknown'], checked: true }]} citations={[]} facts={[fact]} onOpen={() => undefined} />)
    expect(screen.getAllByRole('button')).toHaveLength(1)
    await userEvent.hover(screen.getByRole('button', { name: 'Angabe 1: Verbrauch im März, 312,5 kWh' }))
    expect((await screen.findByTestId('fact-card')).textContent).toContain('2.972 Werten')
  })

  it('marks a sentence that nothing supports, in words', () => {
    render(<AnswerText sentences={[{ text: 'Behauptet.', citations: [], facts: [], checked: false }]} citations={[]} facts={[]} onOpen={() => undefined} />)
    expect(screen.getByText('(nicht belegt)')).toBeTruthy()
  })

  it('takes HTML, links and pictures from documents for text', () => {
    const hostile = '<img src=x onerror=alert(1)> [klick](https://boese.example) <script>alert(1)</script>'
    const { container } = render(<AnswerText sentences={[{ text: hostile, citations: [], facts: [], checked: true }]} citations={[]} facts={[]} onOpen={() => undefined} />)
    expect(container.querySelector('img, a, script')).toBeNull()
    expect(container.textContent).toContain(hostile)
  })
})
