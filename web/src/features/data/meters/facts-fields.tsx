import { useQueryClient } from '@tanstack/react-query'
import { useState, type FormEvent } from 'react'
import { useSending } from '@/lib/use-sending'
import type { MeterDetail } from '@/api/types'
import { Button } from '@/ui/button'
import { Field, Input } from '@/ui/field'
import { FaultLine } from '@/ui/states'
import { toast } from '@/ui/toast'
import { changeMeter, renew } from '../api'
import { FACT_FIELDS, factsForm, readFacts, type FactName } from './facts'

const GROUPS: { title: string; names: FactName[] }[] = [
  { title: 'Tarif', names: ['fixed_ct_kwh', 'surcharge_ct_kwh', 'feed_in_ct_kwh', 'vat_percent', 'peak_eur_kw'] },
  { title: 'Anlage', names: ['pv_kwp', 'capacity_kwh', 'charge_kw', 'discharge_kw'] },
  { title: 'Steuerbare Verbrauchseinrichtung (§ 14a EnWG)', names: ['grid_fee_ct', 'module_1_eur', 'controllable_kwh', 'controllable_kw'] },
]

/** What costs, recommendations and schedules reckon with. */
export function FactsFields({ meter }: { meter: MeterDetail }) {
  const queries = useQueryClient()
  const [form, setForm] = useState(() => factsForm(meter))
  const { busy, fault, send } = useSending()
  const { change, faults } = readFacts(form, meter)
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    if (!change) return
    void send(async () => {
      await changeMeter(meter.meter_id, change)
      toast('Gespeichert.', 'ok', 'Kosten, Empfehlungen und Fahrpläne rechnen ab jetzt damit.')
    }).then(() => renew(queries))
  }
  return (
    <form onSubmit={submit} className="grid gap-5" aria-label="Tarif und Anlage">
      <p className="text-xs text-muted">Damit rechnen Kosten, Empfehlungen und Fahrpläne. Preise sind Endpreise; was leer bleibt, gilt als unbekannt.</p>
      {GROUPS.map((group) => (
        <fieldset key={group.title} className="grid gap-3">
          <legend className="mb-2 text-sm font-semibold">{group.title}</legend>
          <div className="grid gap-3 sm:grid-cols-2">
            {FACT_FIELDS.filter((field) => group.names.includes(field.name)).map(({ name, label, unit }) => (
              <Field key={name} label={`${label} (${unit})`} error={faults[name]}>
                {(ids) => <Input {...ids} inputMode="decimal" value={form[name]} onChange={(event) => setForm({ ...form, [name]: event.target.value })} />}
              </Field>
            ))}
            {group.title === 'Anlage' ? (
              <Field label="Ort des Wetters" hint="Name, unter dem sein Wetter gespeichert ist, etwa Jena" error={faults.region}>
                {(ids) => <Input {...ids} value={form.region} onChange={(event) => setForm({ ...form, region: event.target.value })} />}
              </Field>
            ) : null}
          </div>
        </fieldset>
      ))}
      <FaultLine error={fault} />
      <Button type="submit" look="primary" size="sm" busy={busy} disabled={!change} className="justify-self-start">
        Änderungen speichern
      </Button>
    </form>
  )
}
