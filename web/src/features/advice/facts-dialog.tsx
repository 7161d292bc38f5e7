import { useQueryClient } from '@tanstack/react-query'
import { useState, type ReactNode } from 'react'
import type { Meter } from '@/api/types'
import { api, data } from '@/lib/http'
import { useSending } from '@/lib/use-sending'
import { meterName } from '@/series'
import { Button } from '@/ui/button'
import { Dialog } from '@/ui/dialog'
import { Field, Input } from '@/ui/field'
import { Segmented } from '@/ui/segmented'
import { FaultLine } from '@/ui/states'
import { toast } from '@/ui/toast'
import { changeOf, faultsOf, formOf, type Form } from './facts'

/** What is known of a meter: tariff, prices of the grid, place, and what is behind it. */
export function FactsDialog({ meter, onClose }: { meter: Meter | null; onClose: () => void }) {
  const [last, setLast] = useState(meter)
  if (meter && meter !== last) setLast(meter)
  const shown = meter ?? last
  return (
    <Dialog
      open={meter !== null}
      onClose={onClose}
      title={shown ? `Angaben zu ${meterName(shown)}` : 'Angaben'}
      description="Damit rechnet Luna Kosten, Empfehlungen und Fahrpläne. Leere Felder bleiben unbekannt; geraten wird nicht."
      className="w-[min(620px,calc(100vw-24px))]"
    >
      {shown ? <FactsForm key={shown.meter_id} meter={shown} onClose={onClose} /> : null}
    </Dialog>
  )
}

function FactsForm({ meter, onClose }: { meter: Meter; onClose: () => void }) {
  const queries = useQueryClient()
  const [form, setForm] = useState(() => formOf(meter))
  const [tried, setTried] = useState(false)
  const { busy, fault, send } = useSending()
  const faults = faultsOf(form)
  const put = (name: keyof Form) => (value: string): void => setForm((old) => ({ ...old, [name]: value }))
  const save = (): void => {
    setTried(true)
    if (Object.keys(faults).length > 0) return
    const change = changeOf(meter, form)
    if (Object.keys(change).length === 0) return onClose()
    void send(async () => {
      await data(api.PATCH('/api/v1/data/meters/{meter_id}', { params: { path: { meter_id: meter.meter_id } }, body: change }))
      await data(api.POST('/api/v1/recommendations/run'))
      for (const key of ['meters', 'meter', 'figures', 'day', 'plan']) void queries.invalidateQueries({ queryKey: [key] })
      for (const wait of [3000, 8000, 20_000]) setTimeout(() => void queries.invalidateQueries({ queryKey: ['advice'] }), wait)
      toast('Angaben gespeichert', 'ok', 'Luna rechnet die Empfehlungen neu; das dauert einige Sekunden.')
      onClose()
    })
  }
  const field = (name: keyof Form, label: string, hint?: string): ReactNode => (
    <Field label={label} {...(hint ? { hint } : {})} error={tried || form[name].trim() ? (faults[name] ?? null) : null}>
      {(ids) => <Input {...ids} inputMode={WORDS.has(name) ? 'text' : 'decimal'} autoComplete="off" maxLength={WORDS.has(name) ? 64 : 14} value={form[name]} onChange={(event) => put(name)(event.target.value)} />}
    </Field>
  )
  return (
    <form
      className="grid gap-5"
      onSubmit={(event) => {
        event.preventDefault()
        save()
      }}
    >
      <Group title="Tarif">
        <div className="sm:col-span-2">
          <Segmented
            label="Art des Tarifs"
            value={form.kind}
            onChange={put('kind')}
            options={[
              { value: 'none', label: 'Unbekannt' },
              { value: 'fixed', label: 'Festpreis' },
              { value: 'spot', label: 'Dynamisch' },
            ]}
          />
        </div>
        {form.kind === 'fixed' ? field('fixed', 'Festpreis (ct/kWh)', 'Arbeitspreis brutto.') : null}
        {form.kind === 'spot' ? field('surcharge', 'Aufschlag (ct/kWh)', 'Netz, Steuern, Umlagen und Marge, brutto.') : null}
        {form.kind === 'spot' ? field('vat', 'Umsatzsteuer auf den Börsenpreis (%)') : null}
        {form.kind === 'none' ? null : field('base', 'Grundpreis (EUR im Jahr, brutto)')}
        {field('feedIn', 'Einspeisevergütung (ct/kWh)')}
        {field('peak', 'Leistungspreis (EUR je kW und Jahr)')}
      </Group>
      <Group title="Ort und Erzeugung">
        {field('region', 'Ort des Wetters', 'Wie in den Wetterdaten, etwa Jena.')}
        {field('pv', 'Photovoltaik (kWp)')}
      </Group>
      <Group title="Speicher">
        {field('capacity', 'Nutzbar (kWh)')}
        {field('charge', 'Laden höchstens (kW)')}
        {field('discharge', 'Entladen höchstens (kW)')}
      </Group>
      <Group title="Last, die warten kann">
        {field('loadName', 'Name', 'Etwa Kühlung oder Wallbox.')}
        {field('loadKwh', 'Energie am Tag (kWh)')}
        {field('loadKw', 'Leistung höchstens (kW)')}
        <div className="grid grid-cols-2 gap-3">
          {field('loadFrom', 'Frühestens')}
          {field('loadTo', 'Spätestens')}
        </div>
      </Group>
      <Group title="Steuerbare Einrichtung (§ 14a EnWG)">
        {field('controllableKw', 'Leistung (kW)')}
        {field('controllableKwh', 'Verbrauch im Jahr (kWh)')}
        {field('gridFee', 'Arbeitspreis des Netzes (ct/kWh)')}
        {field('module1', 'Pauschale aus Modul 1 (EUR/Jahr)')}
      </Group>
      <FaultLine error={fault} />
      {tried && Object.keys(faults).length > 0 ? (
        <p role="alert" className="text-xs text-bad">
          Bitte sehen Sie die markierten Felder durch.
        </p>
      ) : null}
      <div className="flex justify-end gap-2">
        <Button onClick={onClose}>Abbrechen</Button>
        <Button type="submit" look="primary" busy={busy}>
          Speichern
        </Button>
      </div>
    </form>
  )
}

const WORDS: ReadonlySet<keyof Form> = new Set(['region', 'loadName', 'loadFrom', 'loadTo'])

function Group({ title, children }: { title: string; children: ReactNode }) {
  return (
    <fieldset className="grid gap-3 sm:grid-cols-2">
      <legend className="mb-2 text-sm font-semibold">{title}</legend>
      {children}
    </fieldset>
  )
}
