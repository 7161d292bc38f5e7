/** Deciding on one entry after the other: what is on its way, what went wrong, and the way back. */

import type { Review, ReviewDecision } from '@/api/types'
import { useSending, type Sending } from '@/lib/use-sending'
import { toast, toastFault } from '@/ui/toast'
import { claim, decide, undo, useRenewReviews } from './review-api'

const SAID: Record<ReviewDecision['verdict'], string> = { annehmen: 'Angenommen', ablehnen: 'Abgelehnt', aendern: 'Geändert', ueberspringen: 'Übersprungen' }

export interface Deciding extends Pick<Sending, 'busy' | 'fault'> {
  /** True once the decision stands. */
  onDecide: (decision: ReviewDecision) => Promise<boolean>
}

/** `onDone` is called once a decision stands; taking it back opens the entry again. */
export function useDeciding(review: Review | undefined, onDone: () => void, onAgain: (reviewId: string) => void): Deciding {
  const renew = useRenewReviews()
  const { busy, fault, send } = useSending()
  const takeBack = useTakingBack()
  const onDecide = async (decision: ReviewDecision): Promise<boolean> => {
    if (!review) return false
    const { review_id: reviewId, question } = review
    return send(async () => {
      await claim(reviewId) // nobody decides on what somebody else looks at, however long they wrote
      await decide(reviewId, decision)
      const back = decision.verdict === 'ueberspringen' ? undefined : { label: 'Rückgängig', run: () => void takeBack.start(reviewId, question).then((done) => (done ? onAgain(reviewId) : undefined)) }
      toast(SAID[decision.verdict], 'ok', question, back)
      onDone()
      await renew()
    })
  }
  return { busy, fault, onDecide }
}

/** Taking a decision back, wherever it stands. */
export function useTakingBack(): { busy: boolean; start: (reviewId: string, question: string) => Promise<boolean> } {
  const renew = useRenewReviews()
  const { busy, send } = useSending(toastFault)
  const start = (reviewId: string, question: string): Promise<boolean> =>
    send(async () => {
      await undo(reviewId)
      await renew()
      toast('Wieder offen', 'ok', question)
    })
  return { busy, start }
}
