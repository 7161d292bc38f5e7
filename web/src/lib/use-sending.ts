/** A form on its way: whether it is being sent, and what went wrong. */

import { useRef, useState } from 'react'

export interface Sending {
  busy: boolean
  fault: unknown
  /** Sends, unless something is on its way already; true when it went through. What is shown of an earlier failure goes first. */
  send: (work: () => Promise<unknown>) => Promise<boolean>
  /** Forgets what went wrong. */
  clear: () => void
}

/** With `onFault` a failure is told there, too: where there is no form to show it in. */
export function useSending(onFault?: (error: unknown) => void): Sending {
  const [busy, setBusy] = useState(false)
  const [fault, setFault] = useState<unknown>(null)
  const away = useRef(false)
  const send = async (work: () => Promise<unknown>): Promise<boolean> => {
    if (away.current) return false
    away.current = true
    setBusy(true)
    setFault(null)
    try {
      await work()
      return true
    } catch (error) {
      setFault(error)
      onFault?.(error)
      return false
    } finally {
      away.current = false
      setBusy(false)
    }
  }
  return { busy, fault, send, clear: () => setFault(null) }
}
