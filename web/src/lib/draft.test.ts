import { act, renderHook } from '@testing-library/react'
import { beforeEach, describe, expect, it } from 'vitest'
import { useDraft } from './draft'

const show = (saved: string, version: string) => renderHook((props: { saved: string; version: string }) => useDraft('probe', props.saved, props.version), { initialProps: { saved, version } })

beforeEach(() => {
  const { result, unmount } = show('', '')
  act(() => result.current.drop())
  unmount()
})

describe('a draft', () => {
  it('is still there after its page was left, and goes when it is dropped', () => {
    const first = show('a: 1', 'v1')
    expect(first.result.current).toMatchObject({ text: 'a: 1', changed: false })
    act(() => first.result.current.change('a: 2'))
    first.unmount()
    const second = show('a: 1', 'v1')
    expect(second.result.current).toMatchObject({ text: 'a: 2', base: 'v1', changed: true, overtaken: false })
    act(() => second.result.current.drop())
    expect(second.result.current).toMatchObject({ text: 'a: 1', changed: false })
  })

  it('keeps its words and the version it began with when somebody else saves another', () => {
    const { result, rerender } = show('a: 1', 'v1')
    act(() => result.current.change('a: 2'))
    rerender({ saved: 'a: 3', version: 'v2' })
    expect(result.current).toMatchObject({ text: 'a: 2', base: 'v1', overtaken: true })
    rerender({ saved: 'a: 2', version: 'v3' })
    expect(result.current).toMatchObject({ text: 'a: 2', base: 'v3', changed: false, overtaken: false })
  })
})
