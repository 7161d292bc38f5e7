import { useEffect, useState } from 'react'
import { ApiError } from '@/lib/http'
import { FaultLine } from '@/ui/states'

/** "12 min 30 s", "9 s". */
export function waitText(seconds: number): string {
  return seconds >= 60 ? `${Math.floor(seconds / 60)} min ${seconds % 60} s` : `${seconds} s`
}

/** The seconds until the same may be tried again, counting down; 0 where nothing stands against it. */
export function useWait(fault: unknown): number {
  const seconds = fault instanceof ApiError ? (fault.retryAfter ?? 0) : 0
  const [passed, setPassed] = useState({ fault, seconds: 0 })
  if (passed.fault !== fault) setPassed({ fault, seconds: 0 })
  useEffect(() => {
    if (seconds === 0) return
    const begun = Date.now()
    const timer = setInterval(() => setPassed({ fault, seconds: Math.floor((Date.now() - begun) / 1000) }), 1000)
    return () => clearInterval(timer)
  }, [fault, seconds])
  return Math.max(0, Math.ceil(seconds) - passed.seconds)
}

/** What went wrong, with the time that is left to wait. */
export function WaitLine({ fault, wait }: { fault: unknown; wait: number }) {
  if (!(fault instanceof ApiError) || fault.retryAfter === null) return <FaultLine error={fault} />
  if (wait === 0) return null
  return (
    <p role="alert" className="num rounded-control border border-warn/45 bg-warn-soft px-3 py-2 text-sm text-warn">
      Zu viele Versuche. Bitte warten Sie noch <span aria-hidden>{waitText(wait)}</span>
      <span className="sr-only">{waitText(Math.ceil(fault.retryAfter))}</span>.
    </p>
  )
}
