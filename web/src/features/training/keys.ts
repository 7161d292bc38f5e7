/** The keys of the blind review: L, G and R judge. */

import { useEffect, useRef } from 'react'
import type { Choice } from './api'

export const KEYS: { key: string; choice: Choice; label: string }[] = [
  { key: 'L', choice: 'left', label: 'Links ist besser' },
  { key: 'G', choice: 'tie', label: 'Gleich gut' },
  { key: 'R', choice: 'right', label: 'Rechts ist besser' },
]

function isTyping(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && (target.isContentEditable || ['INPUT', 'TEXTAREA', 'SELECT'].includes(target.tagName))
}

/** Hears the keys while `active`; nothing is heard while somebody types, a dialog is open, or a key is held down. */
export function useKeys(active: boolean, onChoice: (choice: Choice) => void): void {
  const latest = useRef(onChoice)
  useEffect(() => {
    latest.current = onChoice
  })
  useEffect(() => {
    if (!active) return
    const onKey = (event: KeyboardEvent): void => {
      if (event.ctrlKey || event.metaKey || event.altKey || event.repeat || isTyping(event.target) || document.querySelector('[role="dialog"]')) return
      const known = KEYS.find(({ key }) => key === event.key.toUpperCase())
      if (!known) return
      event.preventDefault()
      latest.current(known.choice)
    }
    window.addEventListener('keydown', onKey)
    return () => window.removeEventListener('keydown', onKey)
  }, [active])
}
