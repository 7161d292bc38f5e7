/** Where the page stands while answers come, and who holds the keyboard. */

import { useEffect } from 'react'
import type { Turn } from './turns'

/** Whoever does one of these reads on their own. Heard on the way down: the key that asked is on its way up by then. */
const TAKES_OVER = ['wheel', 'touchmove', 'pointerdown', 'keydown'] as const

const still = (): boolean => window.matchMedia('(prefers-reduced-motion: reduce)').matches

/** Keeps the newest question in view with as much of its answer as fits below it, while the answer grows and until the reader moves. */
export function useFollowEnd(turns: Turn[]): void {
  const last = turns.at(-1)?.id
  useEffect(() => {
    const article = last ? [...document.querySelectorAll<HTMLElement>('#inhalt article')].at(-1) : undefined
    if (!article) return
    article.scrollIntoView({ block: 'start', behavior: still() ? 'auto' : 'smooth' })
    const grown = new ResizeObserver(() => article.scrollIntoView({ block: 'start', behavior: 'auto' }))
    grown.observe(article)
    const leave = (): void => grown.disconnect()
    for (const name of TAKES_OVER) window.addEventListener(name, leave, { capture: true, passive: true })
    return () => {
      leave()
      for (const name of TAKES_OVER) window.removeEventListener(name, leave, { capture: true })
    }
  }, [last])
}

/** With a keyboard at hand the input is where one goes on; on a phone its keyboard would cover the answer. */
export function hasKeyboard(): boolean {
  return window.matchMedia('(hover: hover) and (pointer: fine)').matches
}
