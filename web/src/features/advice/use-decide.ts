import { useState } from 'react'
import { decide, undoDecision, useRenewAdvice, type Decision } from '@/advice'
import type { Recommendation } from '@/api/types'
import { toast, toastFault } from '@/ui/toast'

const SAID: Record<Decision, string> = { uebernehmen: 'Übernommen', spaeter: 'Auf später gelegt', passt_nicht: 'Passt nicht: notiert' }

/** Decides and takes back; which one is on its way. */
export function useDecide(): { busy: string | null; onDecide: (one: Recommendation, decision: Decision, reason?: string) => void; onUndo: (one: Recommendation) => void } {
  const renew = useRenewAdvice()
  const [busy, setBusy] = useState<string | null>(null)
  const run = (one: Recommendation, work: () => Promise<unknown>, done: () => void): void => {
    setBusy(one.recommendation_id)
    work()
      .then(async () => {
        await renew()
        done()
      }, toastFault)
      .finally(() => setBusy(null))
  }
  const onUndo = (one: Recommendation): void => run(one, () => undoDecision(one.recommendation_id), () => toast('Wieder offen', 'ok', one.title))
  return {
    busy,
    onUndo,
    onDecide: (one, decision, reason = '') =>
      run(one, () => decide(one.recommendation_id, decision, reason), () => toast(SAID[decision], 'ok', one.title, { label: 'Rückgängig', run: () => onUndo(one) })),
  }
}
