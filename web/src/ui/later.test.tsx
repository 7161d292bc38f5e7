import { act, render, screen } from '@testing-library/react'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { ApiError } from '@/lib/http'
import { Fault } from './states'

const spent = (seconds: number) => new ApiError(429, 'budget', `Ihre Rechenzeit ist aufgebraucht. In ${seconds} s geht es weiter.`, 't', { retry_after: seconds })

describe('a refusal that ends by itself', () => {
  beforeEach(() => vi.useFakeTimers())
  afterEach(() => vi.useRealTimers())

  it('says when it goes on and tries again then, once', () => {
    const retry = vi.fn()
    render(<Fault error={spent(12)} onRetry={retry} />)
    expect(screen.getByRole('status').textContent).toContain('In 12 s geht es weiter.')
    act(() => vi.advanceTimersByTime(11_900))
    expect(retry).not.toHaveBeenCalled()
    act(() => vi.advanceTimersByTime(200))
    expect(retry).toHaveBeenCalledTimes(1)
  })

  it('begins anew with the next refusal, and never after it is gone', () => {
    const retry = vi.fn()
    const { rerender, unmount } = render(<Fault error={spent(5)} onRetry={retry} />)
    act(() => vi.advanceTimersByTime(4_000))
    rerender(<Fault error={spent(5)} onRetry={retry} />)
    act(() => vi.advanceTimersByTime(4_000))
    expect(retry).not.toHaveBeenCalled()
    unmount()
    act(() => vi.advanceTimersByTime(60_000))
    expect(retry).not.toHaveBeenCalled()
  })

  it('is a fault like others where waiting does not help', () => {
    render(<Fault error={new ApiError(409, 'quota', 'Ihr Platz reicht dafür nicht.', 't', { quota: 'bytes' })} onRetry={() => undefined} />)
    expect(screen.getByRole('alert').textContent).toContain('Ihr Platz reicht dafür nicht.')
    expect(screen.getByRole('button', { name: 'Erneut versuchen' })).toBeTruthy()
  })
})
