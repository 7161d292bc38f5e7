/** The keys of the editorial queue: one hand on the keyboard is enough to look through it. */

import { useEffect, useRef } from 'react'

export type Act = 'next' | 'before' | 'accept' | 'reject' | 'change' | 'skip'

export const KEYS: { key: string; act: Act; says: string }[] = [
  { key: 'J', act: 'next', says: 'nächster Eintrag' },
  { key: 'K', act: 'before', says: 'voriger Eintrag' },
  { key: 'A', act: 'accept', says: 'annehmen' },
  { key: 'R', act: 'reject', says: 'ablehnen' },
  { key: 'E', act: 'change', says: 'ändern' },
  { key: 'S', act: 'skip', says: 'überspringen' },
]

function isTyping(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && (target.isContentEditable || ['INPUT', 'TEXTAREA', 'SELECT'].includes(target.tagName))
}

/** Hears the keys while `active`; numbers 1 to 5 rate. Nothing is heard while somebody types or a dialog is open, and a key that is held down only walks. */
export function useKeys(active: boolean, onAct: (act: Act) => void, onRate: (rating: number) => void): void {
  const latest = useRef({ onAct, onRate })
  useEffect(() => {
    latest.current = { onAct, onRate }
  })
  useEffect(() => {
    if (!active) return
    const onKey = (event: KeyboardEvent): void => {
      if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target) || document.querySelector('[role="dialog"]')) return
      const rating = Number(event.key)
      const known = KEYS.find(({ key }) => key === event.key.toUpperCase())
      if (event.repeat && known?.act !== 'next' && known?.act !== 'before') return
      if (known) latest.current.onAct(known.act)
      else if (Number.isInteger(rating) && rating >= 1 && rating <= 5) latest.current.onRate(rating)
      else return
      event.preventDefault()
    }
    window.addEventListener('keydown', onKey)
    return () => window.removeEventListener('keydown', onKey)
  }, [active])
}
