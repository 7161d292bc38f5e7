import { ArrowLeft, Check, EyeOff, Pencil, X } from 'lucide-react'
import { useState } from 'react'
import type { SecondOpinion } from '@/api/types'
import { formatTime } from '@/lib/format'
import { withoutMarks } from '@/lib/text'
import { useSending } from '@/lib/use-sending'
import { Badge } from '@/ui/badge'
import { Button } from '@/ui/button'
import { Field, Input } from '@/ui/field'
import { Empty, Fault, FaultLine, Skeleton } from '@/ui/states'
import { toast } from '@/ui/toast'
import { Citations } from './citations'
import { useRenewReviews } from './review-api'
import { giveSecond, useSecond } from './second-api'

interface Props {
  reviewId: string | undefined
  onDone: () => void
  onClose: () => void
}

/** One answer, without how it was decided and by whom; what is said here stands. */
export function SecondEntry({ reviewId, onDone, onClose }: Props) {
  const found = useSecond(reviewId)
  const renew = useRenewReviews()
  const { busy, fault, send } = useSending()
  const [note, setNote] = useState('')
  if (!reviewId) return <Empty className="card hidden lg:grid" title="Keine Antwort gewählt">Wählen Sie links eine. Was Sie sagen, steht fest; am Entschiedenen ändert es nichts.</Empty>
  if (!found.data) return found.isError ? <Fault error={found.error} onRetry={() => void found.refetch()} className="card" /> : <Skeleton className="h-80 rounded-card" />
  const { question, answer, citations, asked_at: askedAt } = found.data
  const give = (verdict: SecondOpinion['verdict']): void =>
    void send(async () => {
      const { agreed } = await giveSecond(reviewId, { verdict, note: note.trim() || null })
      toast(agreed ? 'Sie sind sich einig' : 'Sie sind sich uneinig', agreed ? 'ok' : 'info', agreed ? question : 'Beide Meinungen stehen unten; jemand anderes entscheidet.')
      onDone()
      await renew()
    })
  return (
    <section aria-label="Antwort für eine zweite Meinung" className="card grid min-w-0 gap-4 p-4 sm:p-5">
      <Button size="sm" look="ghost" className="w-fit lg:hidden" onClick={onClose}>
        <ArrowLeft aria-hidden /> Zur Liste
      </Button>
      <div className="flex flex-wrap items-center gap-1.5">
        <Badge shade="brand" icon={<EyeOff aria-hidden />}>Zweite Meinung</Badge>
        <span className="text-xs text-muted">Wie und von wem entschieden wurde, sehen Sie nicht.</span>
        <span className="num ml-auto text-xs text-muted">{formatTime(askedAt)}</span>
      </div>
      <h2 className="text-base font-semibold [overflow-wrap:anywhere]">{question}</h2>
      <p className="text-base leading-[1.7] whitespace-pre-wrap [overflow-wrap:anywhere]">{withoutMarks(answer)}</p>
      <Citations citations={citations} />
      <div className="grid gap-3 border-t border-line pt-3">
        <Field label="Warum (freiwillig)" hint="Hilft, wenn Sie uneinig sind. Keine Angaben zu Personen.">
          {(ids) => <Input {...ids} value={note} maxLength={2000} onChange={(event) => setNote(event.target.value)} />}
        </Field>
        <FaultLine error={fault} />
        <div role="group" aria-label="Wie hätten Sie entschieden?" className="flex flex-wrap gap-2">
          <Button look="primary" busy={busy} onClick={() => give('annehmen')}>
            <Check aria-hidden /> Annehmen
          </Button>
          <Button disabled={busy} onClick={() => give('aendern')}>
            <Pencil aria-hidden /> Ändern
          </Button>
          <Button disabled={busy} onClick={() => give('ablehnen')}>
            <X aria-hidden /> Ablehnen
          </Button>
        </div>
      </div>
    </section>
  )
}
