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
    render(<AnswerText sentences={[{ text: 'Ein Satz.', citations: [1, 7], checked: true }]} citations={[cited]} onOpen={onOpen} />)
    expect(screen.getAllByRole('button')).toHaveLength(1)
    await userEvent.click(screen.getByRole('button', { name: /^Quelle 1: Energiewirtschaftsgesetz/ }))
    expect(onOpen).toHaveBeenCalledWith(cited)
  })

  it('marks a sentence that nothing supports, in words', () => {
    render(<AnswerText sentences={[{ text: 'Behauptet.', citations: [], checked: false }]} citations={[]} onOpen={() => undefined} />)
    expect(screen.getByText('(nicht belegt)')).toBeTruthy()
  })

  it('takes HTML, links and pictures from documents for text', () => {
    const hostile = '<img src=x onerror=alert(1)> [klick](https://boese.example) <script>alert(1)</script>'
    const { container } = render(<AnswerText sentences={[{ text: hostile, citations: [], checked: true }]} citations={[]} onOpen={() => undefined} />)
    expect(container.querySelector('img, a, script')).toBeNull()
    expect(container.textContent).toContain(hostile)
  })
})
