/** What may be done shortly after coming in only: it is tried, and where that was too long ago, tried again after a new sign-in. */

import { ApiError } from '@/lib/http'
import { createStore } from '@/lib/store'

interface Asked {
  resolve: () => void
  reject: (why: Error) => void
}

/** Somebody waits for a new sign-in; the dialog shows itself while there is one. */
export const asked = createStore<Asked | null>(null)

const again = (): Promise<void> => new Promise((resolve, reject) => asked.set(() => ({ resolve, reject })))

export async function freshly<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    if (!(error instanceof ApiError && error.code === 'fresh_sign_in')) throw error
  }
  await again()
  return work()
}
