import { vi } from 'vitest'

interface Drawn {
  option: { series: { name: string }[] }
  theme: string
}

/** What charts were told to draw, newest last; a browser without a canvas stands behind unit tests, the real one behind browser tests. */
export const drawn: Drawn[] = []
export const dispose = vi.fn()

export const init = () => ({
  setOption: (option: Drawn['option']) => drawn.push({ option, theme: document.documentElement.dataset.theme ?? '' }),
  getDataURL: () => 'data:image/png;base64,AAAA',
  resize: () => undefined,
  on: () => undefined,
  off: () => undefined,
  dispose,
  isDisposed: () => false,
})
