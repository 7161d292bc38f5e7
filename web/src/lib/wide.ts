/** Whether there is room for a drawer beside the page, and whether there is little room at all. */

import { useSyncExternalStore } from 'react'

function media(text: string): () => boolean {
  const query = (): MediaQueryList => window.matchMedia(text)
  const subscribe = (listener: () => void): (() => void) => {
    const list = query()
    list.addEventListener('change', listener)
    return () => list.removeEventListener('change', listener)
  }
  return () => useSyncExternalStore(subscribe, () => query().matches)
}

export const useWide = media('(min-width: 1180px)')

/** As wide as the bar of pages lies below. */
export const usePhone = media('(max-width: 767px)')
