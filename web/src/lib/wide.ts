/** Whether there is room for a drawer beside the page. */

import { useSyncExternalStore } from 'react'

const query = (): MediaQueryList => window.matchMedia('(min-width: 1180px)')

function subscribe(listener: () => void): () => void {
  const list = query()
  list.addEventListener('change', listener)
  return () => list.removeEventListener('change', listener)
}

export function useWide(): boolean {
  return useSyncExternalStore(subscribe, () => query().matches)
}
