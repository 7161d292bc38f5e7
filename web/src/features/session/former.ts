/** Whose session ended in this tab: the page that they were on is for them only, should they come back. */

import { forgetChoices } from '@/lib/local'

const KEY = 'nova.former'
/** The operator's key has no name. */
const KEY_HOLDER = ' '

const nameOf = (user: string | null): string => user ?? KEY_HOLDER

/** Where a browser keeps nothing, everybody is led to the page that was open; what it shows is their own. */
function stored<T>(work: (store: Storage) => T): T | null {
  try {
    return work(window.sessionStorage)
  } catch {
    return null
  }
}

/** As it was when the page opened. */
const FORMER = stored((store) => store.getItem(KEY))

/** Notes who was here, while the page starts afresh. */
export function noteFormer(user: string | null): void {
  stored((store) => store.setItem(KEY, nameOf(user)))
}

/** Whether somebody else was here before. */
export function isAnother(user: string | null, former = FORMER): boolean {
  return former !== null && former !== nameOf(user)
}

/** From now on this is the page of whoever came in; `another` takes nothing over, neither choices nor the address. */
export function takeOver(another: boolean, welcome: string): void {
  stored((store) => store.removeItem(KEY))
  if (!another) return
  forgetChoices()
  window.location.replace(welcome)
}
