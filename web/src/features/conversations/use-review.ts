/** Deciding on one entry after the other: what is on its way, and what was decided last. */

import { useState } from 'react'
import type { Review, ReviewDecision } from '@/api/types'
import { toast, toastFault } from '@/ui/toast'
import { decide, undo, useRenewReviews } from './review-api'

const SAID: Record<ReviewDecision['verdict'], string> = { annehmen: 'Angenommen', ablehnen: 'Abgelehnt', aendern: 'Geändert', ueberspringen: 'Übersprungen' }

export interface Deciding {
  busy: boolean
  onDecide: (decision: ReviewDecision) => Promise<boolean>
}

/** `onDone` is called once a decision stands; taking it back opens the entry again. */
export function useDeciding(review: Review | undefined, onDone: () => void, onAgain: (reviewId: string) => void): Deciding {
  const renew = useRenewReviews()
  const [busy, setBusy] = useState(false)
  const takeBack = async (reviewId: string): Promise<void> => {
    try {
      await undo(reviewId)
      await renew()
      onAgain(reviewId)
    } catch (error) {
      toastFault(error)
    }
  }
  const onDecide = async (decision: ReviewDecision): Promise<boolean> => {
    if (!review || busy) return false
    setBusy(true)
    try {
      await decide(review.review_id, decision)
      const back = decision.verdict === 'ueberspringen' ? undefined : { label: 'Rückgängig', run: () => void takeBack(review.review_id) }
      toast(SAID[decision.verdict], 'ok', review.question, back)
      onDone()
      await renew()
      return true
    } catch (error) {
      toastFault(error)
      return false
    } finally {
      setBusy(false)
    }
  }
  return { busy, onDecide }
}
