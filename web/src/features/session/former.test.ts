import { afterEach, expect, it, vi } from 'vitest'
import { isAnother, noteFormer, takeOver } from './former'

afterEach(() => {
  vi.unstubAllGlobals()
  window.localStorage.clear()
  window.sessionStorage.clear()
})

it('knows whoever comes back from somebody else', () => {
  expect(isAnother('anna', null)).toBe(false)
  expect(isAnother('anna', 'anna')).toBe(false)
  expect(isAnother('ben', 'anna')).toBe(true)
  expect(isAnother(null, 'anna')).toBe(true)
})

it('takes nothing over from somebody else, but how the page looks', () => {
  const replace = vi.fn<(address: string) => void>()
  vi.stubGlobal('location', { replace })
  for (const key of ['nova.theme', 'nova.zaehler', 'nova-laden-kw', 'fremd']) window.localStorage.setItem(key, 'x')
  noteFormer('anna')
  takeOver(false, '/willkommen')
  expect(window.sessionStorage.length).toBe(0)
  expect(window.localStorage.length).toBe(4)
  expect(replace).not.toHaveBeenCalled()
  takeOver(true, '/willkommen')
  expect(Object.keys(window.localStorage)).toEqual(['nova.theme', 'fremd'])
  expect(replace).toHaveBeenCalledWith('/willkommen')
})
