/** A form on its way: whether it is being sent, and what went wrong. */

import { useState } from 'react'

export interface Sending {
  busy: boolean
  fault: unknown
  /** Sends; true when it went through. What is shown of an earlier failure goes first. */
  send: (work: () => Promise<unknown>) => Promise<boolean>
}

export function useSending(): Sending {
  const [busy, setBusy] = useState(false)
  const [fault, setFault] = useState<unknown>(null)
  const send = async (work: () => Promise<unknown>): Promise<boolean> => {
    setBusy(true)
    setFault(null)
    try {
      await work()
      return true
    } catch (error) {
      setFault(error)
      return false
    } finally {
      setBusy(false)
    }
  }
  return { busy, fault, send }
}
