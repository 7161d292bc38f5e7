import { Check, ThumbsDown, ThumbsUp } from 'lucide-react'
import { useState, type ReactNode } from 'react'
import type { Reason } from '@/api/types'
import { cn } from '@/lib/cn'
import { useTone } from '@/lib/tone'
import { useSending } from '@/lib/use-sending'
import { Button, IconButton } from '@/ui/button'
import { Field, Textarea } from '@/ui/field'
import { FaultLine } from '@/ui/states'
import { sendFeedback } from './api'
import type { Turn } from './turns'

const REASONS: { value: Reason; label: string }[] = [
  { value: 'falsch', label: 'falsch' },
  { value: 'unvollstaendig', label: 'unvollständig' },
  { value: 'quelle', label: 'Quelle passt nicht' },
  { value: 'ton', label: 'Ton' },
]

type Step = 'open' | 'why' | 'thanks'

function useSend(turn: Turn, onSent: () => void) {
  const { busy, fault, send: sending } = useSending()
  const send = (useful: boolean, reason?: Reason, notes?: string): Promise<boolean> =>
    sending(async () => {
      await sendFeedback({
        question: turn.question,
        answer: turn.answer?.answer ?? turn.sentences.map((sentence) => sentence.text).join(' '),
        useful,
        answer_id: turn.answer?.answer_id,
        chunks_used: turn.answer?.chunks_used,
        dwell_ms: turn.endedAt ? Date.now() - turn.endedAt : undefined,
        ...(reason ? { reason } : {}),
        ...(notes ? { notes } : {}),
      })
      onSent()
    })
  return { send, busy, fault }
}

/** Thumbs, and on a thumb down the reasons; `aside` stands at the row's end. */
export function FeedbackBar({ turn, aside }: { turn: Turn; aside: ReactNode }) {
  const [step, setStep] = useState<Step>('open')
  const tone = useTone()
  const { send, busy, fault } = useSend(turn, () => setStep('thanks'))
  if (step === 'thanks') {
    return (
      <div className="flex flex-wrap items-center justify-between gap-x-3">
        <p role="status" className="flex h-9 items-center gap-2 text-xs text-muted">
          <Check className="size-4 text-ok" aria-hidden /> {tone('Notiert. Kritik trage ich mit Fassung.', 'Vielen Dank, Ihre Rückmeldung ist gespeichert.')}
        </p>
        {aside}
      </div>
    )
  }
  return (
    <div className="grid gap-3">
      <div className="flex flex-wrap items-center justify-between gap-x-3">
        <span className="flex items-center gap-0.5">
          <span className="mr-1.5 text-xs text-muted">War das hilfreich?</span>
          <IconButton label="Hilfreich" disabled={busy} onClick={() => void send(true)}>
            <ThumbsUp aria-hidden />
          </IconButton>
          <IconButton label="Nicht hilfreich" aria-expanded={step === 'why'} disabled={busy} onClick={() => setStep(step === 'why' ? 'open' : 'why')}>
            <ThumbsDown aria-hidden />
          </IconButton>
        </span>
        {aside}
      </div>
      {step === 'why' ? <Why busy={busy} onSend={(reason, notes) => void send(false, reason, notes)} /> : null}
      <FaultLine error={fault} />
    </div>
  )
}

function Why({ busy, onSend }: { busy: boolean; onSend: (reason: Reason | undefined, notes: string) => void }) {
  const [reason, setReason] = useState<Reason>()
  const [notes, setNotes] = useState('')
  return (
    <div className="grid animate-rise gap-3 rounded-control bg-sunken p-3">
      <fieldset className="flex flex-wrap gap-2">
        <legend className="mb-2 text-xs font-medium">Was stimmt nicht?</legend>
        {REASONS.map(({ value, label }) => (
          <button
            key={value}
            type="button"
            aria-pressed={reason === value}
            onClick={() => setReason(reason === value ? undefined : value)}
            className={cn(
              'h-8 rounded-full border px-3 text-xs font-medium transition-colors',
              reason === value ? 'border-brand bg-brand text-on-brand' : 'border-field bg-panel text-ink hover:border-brand',
            )}
          >
            {label}
          </button>
        ))}
      </fieldset>
      <Field label="Anmerkung (freiwillig)" hint="Namen, Adressen und Zählernummern werden vor dem Speichern geschwärzt.">
        {(ids) => <Textarea {...ids} rows={2} maxLength={2000} value={notes} onChange={(event) => setNotes(event.target.value)} />}
      </Field>
      <Button look="primary" size="sm" busy={busy} className="justify-self-start" onClick={() => onSend(reason, notes.trim())}>
        Rückmeldung senden
      </Button>
    </div>
  )
}
