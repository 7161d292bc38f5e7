/** The theme's colours as numbers: a canvas library cannot read CSS variables, nor every colour space. */

import { useSyncExternalStore } from 'react'
import type { Ink } from './picture'

const TOKENS: Record<Ink, string> = { consumption: '--brand', production: '--gold', price: '--price', negative: '--negative', muted: '--muted', good: '--ok', bad: '--bad' }

export interface Colors {
  ink: (ink: Ink, alpha?: number) => string
  text: string
  muted: string
  line: string
  panel: string
  sunken: string
}

const pen = (): CanvasRenderingContext2D | null => Object.assign(document.createElement('canvas'), { width: 1, height: 1 }).getContext('2d', { willReadFrequently: true })

function read(names: string[]): Map<string, [number, number, number]> {
  const style = getComputedStyle(document.documentElement)
  const context = pen()
  return new Map(
    names.map((name) => {
      if (!context) return [name, [128, 128, 128]]
      context.fillStyle = style.getPropertyValue(name) || '#808080'
      context.fillRect(0, 0, 1, 1)
      const [red = 0, green = 0, blue = 0] = context.getImageData(0, 0, 1, 1).data
      return [name, [red, green, blue]]
    }),
  )
}

/** The colours of the theme that is shown now. */
export function readColors(): Colors {
  const known = read([...Object.values(TOKENS), '--ink', '--line', '--panel', '--sunken'])
  const text = (name: string, alpha = 1): string => `rgba(${(known.get(name) ?? [128, 128, 128]).join(',')},${alpha})`
  return { ink: (ink, alpha) => text(TOKENS[ink], alpha), text: text('--ink'), muted: text('--muted'), line: text('--line'), panel: text('--panel'), sunken: text('--sunken') }
}

function follow(changed: () => void): () => void {
  const watch = new MutationObserver(changed)
  watch.observe(document.documentElement, { attributeFilter: ['data-theme'] })
  return () => watch.disconnect()
}

/** "light" or "dark", as shown. */
export function useShownTheme(): string {
  return useSyncExternalStore(follow, () => document.documentElement.dataset.theme ?? 'light')
}
