import { useState } from 'react'
import type { Ticket } from '@/api/types'
import { Button } from '@/ui/button'
import { Dialog } from '@/ui/dialog'
import { Field, Input, Select, Textarea } from '@/ui/field'
import { FaultLine } from '@/ui/states'
import { KINDS, OWNERS } from './alert-words'
import { openTicket, useRenewAlerts } from './alerts-api'

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
    <Dialog open={props.open} onClose={props.onClose} title="Ticket eröffnen" description="Angaben zu Personen werden vor dem Speichern ersetzt.">
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
  const [busy, setBusy] = useState(false)
  const [fault, setFault] = useState<unknown>(null)
  const send = async (): Promise<void> => {
    setBusy(true)
    setFault(null)
    try {
      const { ticket_id: ticketId } = await openTicket({ title, text, kind, owner, ...(gapId ? { gap_id: gapId } : {}) })
      await renew()
      onClose()
      onOpened(ticketId)
    } catch (error) {
      setFault(error)
      setBusy(false)
    }
  }
  return (
    <>
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
        <Field label="Zuständig">
          {(ids) => (
            <Select {...ids} value={owner} onChange={(event) => setOwner(event.target.value as Ticket['owner'])}>
              {OWNERS.map((one) => (
                <option key={one.owner} value={one.owner}>
                  {one.label}
                </option>
              ))}
            </Select>
          )}
        </Field>
      </div>
      <FaultLine error={fault} />
      <div className="flex justify-end gap-2">
        <Button onClick={onClose}>Abbrechen</Button>
        <Button look="primary" busy={busy} disabled={!title.trim()} onClick={() => void send()}>
          Eröffnen
        </Button>
      </div>
    </>
  )
}
