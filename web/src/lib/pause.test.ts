import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { ApiError } from './http'
import { pause } from './send-form'

describe('a pause between files', () => {
  beforeEach(() => vi.useFakeTimers())
  afterEach(() => vi.useRealTimers())

  it('lasts as long as the server says, then it goes on', () => {
    const go = vi.fn()
    const resting = pause(go)
    expect(resting.over()).toBe(true)
    expect(resting.until(new ApiError(429, 'quota', 'warten', null, { retry_after: 10 }))).toBe(true)
    expect(resting.over()).toBe(false)
    vi.advanceTimersByTime(9_900)
    expect(go).not.toHaveBeenCalled()
    vi.advanceTimersByTime(200)
    expect(go).toHaveBeenCalledTimes(1)
    expect(resting.over()).toBe(true)
  })

  it('is not made for what waiting does not help', () => {
    const resting = pause(vi.fn())
    expect(resting.until(new ApiError(409, 'quota', 'voll', null, { quota: 'bytes' }))).toBe(false)
    expect(resting.until(new ApiError(413, 'too_large', 'zu groß'))).toBe(false)
    expect(resting.over()).toBe(true)
  })
})
