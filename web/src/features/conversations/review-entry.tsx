import { ArrowLeft, Check, Pencil, SkipForward, Undo2, X } from 'lucide-react'
import { useEffect, useRef, useState, type RefObject } from 'react'
import type { Review } from '@/api/types'
import { formatTime } from '@/lib/format'
import { withoutMarks } from '@/lib/text'
import { Badge, Tag } from '@/ui/badge'
import { Button } from '@/ui/button'
import { Kbd } from '@/ui/kbd'
import { Empty, Fault, FaultLine, Skeleton } from '@/ui/states'
import { toast } from '@/ui/toast'
import { ChangeDialog } from './change-dialog'
import { Citations } from './citations'
import { useKeys, type Act } from './keys'
import { claim, useReview } from './review-api'
import { Rating } from './rating'
import { useDeciding, useTakingBack } from './use-review'
import { editorName, REASON_WORDS, reviewState } from './words'

interface Props {
  reviewId: string | undefined
  onStep: (step: 1 | -1) => void
  onDone: () => void
  onAgain: (reviewId: string) => void
  onTalk: (conversationId: string) => void
  onClose: () => void
}

const VERDICTS = { accept: 'annehmen', reject: 'ablehnen', skip: 'ueberspringen' } as const

/** One answer and what to decide about it. */
export function ReviewEntry({ reviewId, onStep, onDone, onAgain, onTalk, onClose }: Props) {
  const found = useReview(reviewId)
  const taken = useClaim(reviewId)
  const [rating, setRating] = useState<number | null>(null)
  const [changing, setChanging] = useState(false)
  const deciding = useDeciding(found.data, onDone, onAgain)
  const open = found.data?.state === 'open' && taken === null
  const act = (what: Act): void => {
    if (what === 'next') onStep(1)
    else if (what === 'before') onStep(-1)
    else if (!open) toast(reviewId ? 'Über diesen Eintrag können Sie jetzt nicht entscheiden.' : 'Wählen Sie zuerst einen Eintrag (J).', 'info')
    else if (what === 'change') setChanging(true)
    else void deciding.onDecide({ verdict: VERDICTS[what], rating, publish: false })
  }
  const section = useFocusWhereLost(found.data !== undefined)
  useKeys(!changing, act, (value) => (open ? setRating(value) : undefined))
  if (!reviewId) return <Empty className="card hidden lg:grid" title="Kein Eintrag gewählt">Mit J und K gehen Sie durch die Liste, unter „Tasten“ stehen alle.</Empty>
  if (!found.data) return found.isError ? <Fault error={found.error} onRetry={() => void found.refetch()} className="card" /> : <Skeleton className="h-80 rounded-card" />
  return (
    <section ref={section} tabIndex={-1} aria-label="Antwort zur Durchsicht" className="card grid min-w-0 gap-4 p-4 outline-none sm:p-5">
      <Button size="sm" look="ghost" className="w-fit lg:hidden" onClick={onClose}>
        <ArrowLeft aria-hidden /> Zur Liste
      </Button>
      {found.data.state === 'open' ? <FaultLine error={taken} /> : null}
      <Said review={found.data} onTalk={onTalk} />
      {open ? <Verdicts rating={rating} onRate={setRating} busy={deciding.busy} fault={changing ? null : deciding.fault} onAct={act} /> : null}
      {found.data.decided_by ? <Decided review={found.data} /> : null}
      <ChangeDialog key={String(changing)} review={changing ? found.data : null} rating={rating} deciding={deciding} onClose={() => setChanging(false)} />
    </section>
  )
}

/** The button that decided is gone with its entry: the focus goes on to the next one instead of back to the page's top. */
function useFocusWhereLost(ready: boolean): RefObject<HTMLElement | null> {
  const place = useRef<HTMLElement>(null)
  useEffect(() => {
    if (ready && document.activeElement === document.body) place.current?.focus({ preventScroll: true })
  }, [ready])
  return place
}

interface VerdictsProps {
  rating: number | null
  onRate: (rating: number | null) => void
  busy: boolean
  fault: unknown
  onAct: (act: Act) => void
}

function Verdicts({ rating, onRate, busy, fault, onAct }: VerdictsProps) {
  return (
    <div className="sticky bottom-[calc(60px+env(safe-area-inset-bottom))] -mx-4 -mb-4 grid gap-3 rounded-b-card border-t border-line bg-panel px-4 py-3 sm:-mx-5 sm:-mb-5 sm:px-5 md:bottom-0">
      <Rating value={rating} onChange={onRate} />
      <FaultLine error={fault} />
      <div className="flex flex-wrap gap-2">
        <Button look="primary" busy={busy} onClick={() => onAct('accept')}>
          <Check aria-hidden /> Annehmen <KeySign>A</KeySign>
        </Button>
        <Button disabled={busy} onClick={() => onAct('change')}>
          <Pencil aria-hidden /> Ändern <KeySign>E</KeySign>
        </Button>
        <Button disabled={busy} onClick={() => onAct('reject')}>
          <X aria-hidden /> Ablehnen <KeySign>R</KeySign>
        </Button>
        <Button look="ghost" disabled={busy} onClick={() => onAct('skip')}>
          <SkipForward aria-hidden /> Überspringen <KeySign>S</KeySign>
        </Button>
      </div>
    </div>
  )
}

/** Who decided, and the way back. */
function Decided({ review }: { review: Review }) {
  const { busy, start } = useTakingBack()
  return (
    <div className="flex flex-wrap items-center gap-3 border-t border-line pt-3">
      <p className="num min-w-0 flex-1 basis-48 text-xs text-muted">
        Entschieden von {editorName(review.decided_by)} am {formatTime(review.decided_at)}
        {review.rating ? ` · Bewertung ${review.rating} von 5` : ''}
      </p>
      <Button size="sm" busy={busy} onClick={() => void start(review.review_id, review.question)}>
        <Undo2 aria-hidden /> Entscheidung zurücknehmen
      </Button>
    </div>
  )
}

/** A key where there is a keyboard. */
function KeySign({ children }: { children: string }) {
  return (
    <span className="hidden lg:inline">
      <Kbd>{children}</Kbd>
    </span>
  )
}

/** Opening an entry keeps others from it for a while; the reason when somebody else has it. */
function useClaim(reviewId: string | undefined): unknown {
  const [fault, setFault] = useState<unknown>(null)
  useEffect(() => {
    let left = false
    if (reviewId)
      claim(reviewId).then(
        () => (left ? undefined : setFault(null)),
        (error: unknown) => (left ? undefined : setFault(error)),
      )
    return () => {
      left = true
    }
  }, [reviewId])
  return fault
}

function Said({ review, onTalk }: { review: Review; onTalk: (conversationId: string) => void }) {
  const state = reviewState(review.state)
  const changed = review.state === 'changed'
  return (
    <>
      <div className="flex flex-wrap items-center gap-1.5">
        <Badge shade={state.shade}>{state.label}</Badge>
        {review.reasons.map((reason) => (
          <Tag key={reason}>{REASON_WORDS[reason]}</Tag>
        ))}
        <Tag>{review.training ? 'darf in die Lernmenge' : 'nicht zum Lernen freigegeben'}</Tag>
        <span className="num ml-auto text-xs text-muted">{formatTime(review.asked_at)}</span>
      </div>
      <h2 className="text-base font-semibold [overflow-wrap:anywhere]">{review.question}</h2>
      {changed && review.curated_answer ? (
        <div className="grid gap-1 rounded-control border border-ok/45 bg-ok-soft px-4 py-3">
          <p className="text-xs font-semibold text-ok">{review.publish ? 'Richtige Antwort, veröffentlicht' : 'Richtige Antwort'}</p>
          {review.curated_question && review.curated_question !== review.question ? <p className="text-sm font-medium [overflow-wrap:anywhere]">{review.curated_question}</p> : null}
          <p className="text-base leading-[1.7] whitespace-pre-wrap [overflow-wrap:anywhere]">{withoutMarks(review.curated_answer)}</p>
        </div>
      ) : null}
      {review.note ? <p className="text-sm text-muted">Bemerkung: {review.note}</p> : null}
      {changed ? <p className="text-xs font-semibold text-muted">Bisherige Antwort</p> : null}
      <p className="text-base leading-[1.7] whitespace-pre-wrap [overflow-wrap:anywhere]">{withoutMarks(review.answer)}</p>
      <Citations citations={review.citations} />
      {review.conversation_id ? (
        <Button size="sm" look="link" className="w-fit" onClick={() => onTalk(review.conversation_id ?? '')}>
          Zum Gespräch
        </Button>
      ) : null}
    </>
  )
}
