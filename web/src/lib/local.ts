/** Choices kept in this browser; a browser that refuses storage keeps them for the page only. */

import { createStore, useStore, type Store } from './store'

function read(key: string): string | null {
  try {
    return window.localStorage.getItem(key)
  } catch {
    return null
  }
}

function write(key: string, value: string): void {
  try {
    window.localStorage.setItem(key, value)
  } catch {
    // Private windows may refuse; the choice then lives until the page closes.
  }
}

const stores = new Map<string, Store<string>>()

function storeOf(key: string, fallback: string): Store<string> {
  const known = stores.get(key)
  if (known) return known
  const store = createStore(read(key) ?? fallback)
  stores.set(key, store)
  return store
}

export function useLocal(key: string, fallback: string): [string, (value: string) => void] {
  const store = storeOf(key, fallback)
  const value = useStore(store)
  const change = (next: string): void => {
    store.set(() => next)
    write(key, next)
  }
  return [value, change]
}

/** How the page looks and speaks: of the browser rather than of whoever sits before it. */
const OF_THE_BROWSER = ['nova.theme', 'nova.tone']

/** Forgets what somebody chose here (their meter, their tariff): the next one may be another. Holds from the next page load on. */
export function forgetChoices(): void {
  try {
    const kept = Object.keys(window.localStorage).filter((key) => key.startsWith('nova') && !OF_THE_BROWSER.includes(key))
    for (const key of kept) window.localStorage.removeItem(key)
  } catch {
    // Nothing was kept where storage is refused.
  }
}
