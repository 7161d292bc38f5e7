import { useState, type FormEvent } from 'react'
import type { NewHandover } from '@/api/types'
import { useConsent } from '@/consent'
import { handOver, useRenewHandovers } from '@/handovers'
import { today } from '@/lib/format'
import { ApiError } from '@/lib/http'
import { useMay } from '@/lib/may'
import { useSending } from '@/lib/use-sending'
import { Button } from '@/ui/button'
import { Dialog } from '@/ui/dialog'
import { CheckLine, Field, Input, Textarea } from '@/ui/field'
import { Segmented } from '@/ui/segmented'
import { FaultLine } from '@/ui/states'

const NOTE_CHARS = 4000

/** What may be handed over: an answer, or the conversation in which it stands. */
export interface Handable {
  answerId: string
  conversationId: string | null
  /** How many answers the conversation has so far. */
  answers: number
}

interface Props {
  person: string
  what: Handable
  open: boolean
  onClose: () => void
  /** With whom it lies now, in words. */
  onDone: (to: string) => void
}

/** Hands an answer or its conversation to a person. */
export function HandOverDialog({ open, onClose, ...rest }: Props) {
  return (
    <Dialog open={open} onClose={onClose} title="An einen Menschen übergeben" description="Dort geht das Gespräch weiter. Sie können die Übergabe jederzeit zurücknehmen." firm>
      {open ? <HandOverForm onClose={onClose} {...rest} /> : null}
    </Dialog>
  )
}

interface Wish {
  whole: boolean
  colleague: boolean
  to: string
  complaint: boolean
  day: string
  note: string
  agreed: boolean
}

const nothing = (): Wish => ({ whole: false, colleague: false, to: '', complaint: false, day: today(), note: '', agreed: false })

function bodyOf(wish: Wish, { answerId, conversationId }: Handable): NewHandover {
  return {
    ...(wish.whole ? { conversation_id: conversationId } : { answer_id: answerId }),
    ...(wish.colleague ? { to: wish.to.trim() } : {}),
    kind: wish.complaint ? 'complaint' : 'question',
    ...(wish.complaint && wish.day ? { received_on: wish.day } : {}),
    note: wish.note.trim(),
    agreed: wish.agreed,
  }
}

/** What the API says about one field; everything else stands at the form's end. */
function faultAt(fault: unknown, field: string): string | null {
  return fault instanceof ApiError && fault.facts.field === field ? fault.message : null
}

function HandOverForm({ person, what, onClose, onDone }: Omit<Props, 'open'>) {
  const [wish, setWish] = useState(nothing)
  const { busy, fault, send } = useSending()
  const renew = useRenewHandovers()
  const consent = useConsent(person).data
  const kept = !consent || consent.purposes.some(({ purpose, given }) => purpose === 'service' && given)
  const change = (next: Partial<Wish>): void => setWish((old) => ({ ...old, ...next }))
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    void send(async () => {
      await handOver(bodyOf(wish, what))
      void renew()
      onDone(wish.colleague ? `an ${wish.to.trim()}` : 'an den Kundenservice')
    })
  }
  const at = { to: faultAt(fault, 'to'), received_on: faultAt(fault, 'received_on') }
  return (
    <form onSubmit={submit} className="grid gap-4">
      {kept && what.conversationId !== null && what.answers > 1 ? (
        <Segmented
          label="Was übergeben?"
          value={wish.whole ? 'whole' : 'one'}
          onChange={(next) => change({ whole: next === 'whole' })}
          options={[
            { value: 'one', label: 'Nur diese Antwort' },
            { value: 'whole', label: `Ganzes Gespräch (${what.answers} Fragen)` },
          ]}
        />
      ) : null}
      <Recipient wish={wish} change={change} error={at.to} />
      <Kind wish={wish} change={change} error={at.received_on} />
      <Field label={kept ? 'Notiz (freiwillig)' : 'Ihr Anliegen'} hint={kept ? 'Namen und Nummern von Personen werden darin nicht gespeichert.' : 'Ihre Fragen werden nicht gespeichert. Schreiben Sie deshalb hier, worum es geht; Namen und Nummern von Personen werden nicht gespeichert.'}>
        {(ids) => <Textarea {...ids} rows={3} required={!kept} maxLength={NOTE_CHARS} value={wish.note} onChange={(event) => change({ note: event.target.value })} />}
      </Field>
      <CheckLine label={wish.whole ? 'Diese Fragen, die Antworten und die Quellen dürfen gelesen werden.' : 'Diese Frage, die Antwort und die Quellen dürfen gelesen werden.'} checked={wish.agreed} onChange={(agreed) => change({ agreed })} />
      <FaultLine error={at.to || at.received_on ? null : fault} />
      <div className="flex justify-end gap-2">
        <Button onClick={onClose}>Abbrechen</Button>
        <Button type="submit" look="primary" busy={busy} disabled={!wish.agreed || (wish.colleague && !wish.to.trim()) || (!kept && !wish.note.trim())}>
          Übergeben
        </Button>
      </div>
    </form>
  )
}

interface PartProps {
  wish: Wish
  change: (next: Partial<Wish>) => void
  error: string | null
}

/** Customers hand over to the service; who works here may name a colleague. */
function Recipient({ wish, change, error }: PartProps) {
  const may = useMay()
  if (!may('company')) return null
  return (
    <div className="grid gap-3">
      <Segmented
        label="An wen?"
        value={wish.colleague ? 'colleague' : 'service'}
        onChange={(next) => change({ colleague: next === 'colleague' })}
        options={[
          { value: 'service', label: 'Kundenservice' },
          { value: 'colleague', label: 'Bestimmte Person' },
        ]}
      />
      {wish.colleague ? (
        <Field label="Name zum Anmelden" hint="Von jemandem, der hier Gespräche übernimmt, etwa m.berg." error={error}>
          {(ids) => <Input {...ids} required maxLength={200} autoComplete="off" autoCapitalize="none" spellCheck={false} value={wish.to} onChange={(event) => change({ to: event.target.value })} />}
        </Field>
      ) : null}
    </div>
  )
}

function Kind({ wish, change, error }: PartProps) {
  return (
    <div className="grid gap-3">
      <Segmented
        label="Worum geht es?"
        value={wish.complaint ? 'complaint' : 'question'}
        onChange={(next) => change({ complaint: next === 'complaint' })}
        options={[
          { value: 'question', label: 'Frage' },
          { value: 'complaint', label: 'Beschwerde' },
        ]}
      />
      {wish.complaint ? (
        <Field label="Eingegangen am" hint="Beschwerden sind binnen vier Wochen zu beantworten (§ 111a EnWG)." error={error}>
          {(ids) => <Input {...ids} type="date" required max={today()} value={wish.day} onChange={(event) => change({ day: event.target.value })} className="w-44" />}
        </Field>
      ) : null}
    </div>
  )
}
