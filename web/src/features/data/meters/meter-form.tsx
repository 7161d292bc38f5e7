import { useQueryClient } from '@tanstack/react-query'
import { useState, type FormEvent } from 'react'
import { useSending } from '@/lib/use-sending'
import type { MeterDetail, MeterKind } from '@/api/types'
import { Button } from '@/ui/button'
import { CheckLine, Field, Input, Select } from '@/ui/field'
import { FaultLine } from '@/ui/states'
import { toast } from '@/ui/toast'
import { changeMeter, renew, type MeterChange } from '../api'
import { METER_KINDS } from './search'
import { kindWord } from '../words'

/** Name, kind and how long values are kept, and whether everybody reads them. */
export function MeterForm({ meter }: { meter: MeterDetail }) {
  const queries = useQueryClient()
  const [title, setTitle] = useState(meter.title)
  const [kind, setKind] = useState<MeterKind>(meter.kind)
  const [keep, setKeep] = useState(meter.keep_days === null ? '' : String(meter.keep_days))
  const [shared, setShared] = useState(meter.shared)
  const { busy, fault, send } = useSending()
  const days = keep.trim() === '' ? null : /^\d{1,5}$/.test(keep.trim()) ? Number(keep) : Number.NaN
  const keepFault = days !== null && !(days >= 1 && days <= 36_500) ? 'Ganze Zahl von 1 bis 36.500, oder leer lassen.' : null
  const change: MeterChange = {
    ...(title.trim() === meter.title ? {} : { title: title.trim() }),
    ...(kind === meter.kind ? {} : { kind }),
    ...(days === meter.keep_days ? {} : { keep_days: days }),
    ...(shared === meter.shared ? {} : { shared }),
  }
  const same = Object.keys(change).length === 0
  const save = async (): Promise<void> => {
    await changeMeter(meter.meter_id, change)
    toast('Gespeichert.')
  }
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    void send(save).then(() => renew(queries))
  }
  return (
    <form onSubmit={submit} className="grid gap-4" aria-label="Angaben zum Zähler">
      <Field label="Name" hint={`Leer: Gezeigt wird die Nummer ${meter.meter_id}.`}>
        {(ids) => <Input {...ids} maxLength={200} value={title} onChange={(event) => setTitle(event.target.value)} />}
      </Field>
      <div className="grid gap-4 sm:grid-cols-2">
        <Field label="Art">
          {(ids) => (
            <Select {...ids} value={kind} onChange={(event) => setKind(event.target.value as MeterKind)}>
              {METER_KINDS.map((one) => (
                <option key={one} value={one}>
                  {kindWord(one)}
                </option>
              ))}
            </Select>
          )}
        </Field>
        <Field label="Werte aufbewahren (Tage)" hint="Ältere werden täglich gelöscht. Leer: wie für alle Zähler eingestellt." error={keepFault}>
          {(ids) => <Input {...ids} inputMode="numeric" value={keep} onChange={(event) => setKeep(event.target.value)} />}
        </Field>
      </div>
      <CheckLine label="Alle dürfen die Werte lesen" hint="Gilt, solange der Zähler dem Unternehmen gehört, etwa für eine Bürgersolaranlage." checked={shared} onChange={setShared} />
      <FaultLine error={fault} />
      <Button type="submit" look="primary" size="sm" busy={busy} disabled={same || keepFault !== null} className="justify-self-start">
        Änderungen speichern
      </Button>
    </form>
  )
}
