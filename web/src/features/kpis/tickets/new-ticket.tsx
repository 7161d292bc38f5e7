import { useState, type FormEvent } from 'react'
import type { Ticket } from '@/api/types'
import { useSending } from '@/lib/use-sending'
import { Button } from '@/ui/button'
import { Dialog } from '@/ui/dialog'
import { Field, Input, Select, Textarea } from '@/ui/field'
import { FaultLine } from '@/ui/states'
import { KINDS } from '../alerts/alert-words'
import { openTicket, useRenewAlerts } from '../alerts/alerts-api'
import { OwnerField } from './owner-field'

interface Props {
  open: boolean
  onClose: () => void
  onOpened: (ticketId: string) => void
  gapId?: string
  title?: string
}

/** A ticket by hand. */
export function NewTicket(props: Props) {
  return (
    <Dialog open={props.open} onClose={props.onClose} title="Ticket eröffnen" description="Angaben zu Personen werden vor dem Speichern ersetzt." firm>
      <Form key={String(props.open)} {...props} />
    </Dialog>
  )
}

function Form({ onClose, onOpened, gapId, title: preset = '' }: Props) {
  const renew = useRenewAlerts()
  const [title, setTitle] = useState(preset)
  const [text, setText] = useState('')
  const [kind, setKind] = useState<Ticket['kind']>(gapId ? 'knowledge' : 'other')
  const [owner, setOwner] = useState<Ticket['owner']>('lumina')
  const { busy, fault, send } = useSending()
  const open = async (): Promise<void> => {
    const { ticket_id: ticketId } = await openTicket({ title, text, kind, owner, ...(gapId ? { gap_id: gapId } : {}) })
    await renew()
    onClose()
    onOpened(ticketId)
  }
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    if (title.trim()) void send(open)
  }
  return (
    <form onSubmit={submit} className="grid gap-4">
      <Field label="Was ist zu tun?">{(ids) => <Input {...ids} value={title} maxLength={200} onChange={(event) => setTitle(event.target.value)} />}</Field>
      <Field label="Einzelheiten (freiwillig)">{(ids) => <Textarea {...ids} value={text} maxLength={4000} onChange={(event) => setText(event.target.value)} />}</Field>
      <div className="grid gap-3 sm:grid-cols-2">
        <Field label="Art">
          {(ids) => (
            <Select {...ids} value={kind} onChange={(event) => setKind(event.target.value as Ticket['kind'])}>
              {Object.entries(KINDS).map(([value, label]) => (
                <option key={value} value={value}>
                  {label}
                </option>
              ))}
            </Select>
          )}
        </Field>
        <OwnerField value={owner} onChange={setOwner} />
      </div>
      <FaultLine error={fault} />
      <div className="flex justify-end gap-2">
        <Button onClick={onClose}>Abbrechen</Button>
        <Button type="submit" look="primary" busy={busy} disabled={!title.trim()}>
          Eröffnen
        </Button>
      </div>
    </form>
  )
}
