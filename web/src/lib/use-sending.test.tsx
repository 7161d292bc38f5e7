import { act, renderHook } from '@testing-library/react'
import { describe, expect, it, vi } from 'vitest'
import { useSending } from './use-sending'

describe('a form on its way', () => {
  it('is sent once, however often it is pressed meanwhile, and can be sent again afterwards', async () => {
    const waiting: (() => void)[] = []
    const arrive = (): void => waiting.pop()?.()
    const work = vi.fn(() => new Promise<void>((resolve) => waiting.push(resolve)))
    const { result } = renderHook(() => useSending())
    let first: Promise<boolean> | undefined
    let second: Promise<boolean> | undefined
    act(() => {
      first = result.current.send(work)
      second = result.current.send(work)
    })
    expect(await second).toBe(false)
    expect(result.current.busy).toBe(true)
    await act(async () => {
      arrive()
      await first
    })
    expect(await first).toBe(true)
    expect(work).toHaveBeenCalledTimes(1)
    await act(async () => {
      const again = result.current.send(work)
      arrive()
      await again
    })
    expect(work).toHaveBeenCalledTimes(2)
  })

  it('keeps what went wrong until the next attempt, and tells whoever wants to hear of it', async () => {
    const heard = vi.fn()
    const { result } = renderHook(() => useSending(heard))
    const fault = new Error('besetzt')
    await act(async () => {
      expect(await result.current.send(() => Promise.reject(fault))).toBe(false)
    })
    expect(result.current.fault).toBe(fault)
    expect(heard).toHaveBeenCalledWith(fault)
    await act(async () => {
      await result.current.send(() => Promise.resolve())
    })
    expect(result.current.fault).toBeNull()
    expect(result.current.busy).toBe(false)
  })
})
