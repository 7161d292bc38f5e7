import type { Dispute } from '@/api/types'
import { formatCount, formatTime } from '@/lib/format'
import { useSending } from '@/lib/use-sending'
import { Badge } from '@/ui/badge'
import { Button } from '@/ui/button'
import { toast, toastFault } from '@/ui/toast'
import { useRenewReviews } from './review-api'
import { settle } from './second-api'
import { editorName, reviewState } from './words'

/** What two editors see differently; nothing is learned from it until somebody says who is right. */
export function Disputes({ pairs, total, onOpen }: { pairs: Dispute[]; total: number; onOpen: (reviewId: string) => void }) {
  if (pairs.length === 0) return null
  return (
    <section aria-label="Uneinig" className="grid gap-2">
      <h2 className="flex items-center gap-2 text-base font-semibold">
        Uneinig <Badge shade="warn">{formatCount(total)}</Badge>
      </h2>
      <p className="max-w-prose text-sm text-muted">Zwei Personen haben verschieden entschieden. Bis jemand anderes sagt, wer recht hat, wird daraus nicht gelernt. Nachgeben dürfen Sie auch selbst.</p>
      <ul className="card divide-y divide-line">
        {pairs.map((pair) => (
          <Pair key={pair.review_id} pair={pair} onOpen={() => onOpen(pair.review_id)} />
        ))}
      </ul>
    </section>
  )
}

function Pair({ pair, onOpen }: { pair: Dispute; onOpen: () => void }) {
  const renew = useRenewReviews()
  const { busy, send } = useSending(toastFault)
  const choose = (right: 'erste' | 'zweite'): void =>
    void send(async () => {
      await settle(pair.review_id, right)
      toast(right === 'erste' ? 'Die Entscheidung bleibt' : 'Wieder offen', 'ok', right === 'erste' ? pair.question : 'Die Antwort steht wieder in der Durchsicht und wird neu entschieden.')
      await renew()
    })
  return (
    <li className="grid gap-3 px-4 py-3">
      <button type="button" onClick={onOpen} className="text-left text-sm font-medium [overflow-wrap:anywhere] hover:underline">
        {pair.question}
      </button>
      <div className="grid gap-3 sm:grid-cols-2">
        <Opinion title="Erste Meinung" state={pair.first_state} who={pair.first_by} note={pair.first_note} own={pair.own.includes('erste')} busy={busy} says="Erste hat recht" onRight={() => choose('erste')} />
        <Opinion title="Zweite Meinung" state={pair.state} who={pair.second_by} note={pair.note} own={pair.own.includes('zweite')} busy={busy} says="Zweite hat recht" onRight={() => choose('zweite')} />
      </div>
      <p className="num text-xs text-muted">Uneinig seit {formatTime(pair.given_at)}</p>
    </li>
  )
}

interface OpinionProps {
  title: string
  state: Dispute['state']
  who: string | null
  note: string | null
  own: boolean
  busy: boolean
  says: string
  onRight: () => void
}

function Opinion({ title, state, who, note, own, busy, says, onRight }: OpinionProps) {
  const word = reviewState(state)
  return (
    <div className="grid content-start gap-1.5">
      <p className="flex flex-wrap items-center gap-1.5 text-xs text-muted">
        {title} <Badge shade={word.shade}>{word.label}</Badge> {own ? 'Sie selbst' : editorName(who)}
      </p>
      {note ? <p className="text-sm [overflow-wrap:anywhere]">{note}</p> : null}
      {own ? null : (
        <Button size="sm" className="w-fit" disabled={busy} onClick={onRight}>
          {says}
        </Button>
      )}
    </div>
  )
}
