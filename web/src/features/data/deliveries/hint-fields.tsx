import { useId } from 'react'
import { Field, Input, Select } from '@/ui/field'
import { useEveryMeter } from '../api'
import type { Hints } from './uploads'

const METER = /^([A-Za-z0-9][A-Za-z0-9._:-]{0,63})?$/
const ZONE = /^([A-Za-z0-9][A-Za-z0-9 ._/:+-]{0,63})?$/

/** Whether the API takes these. */
export function fine(hints: Hints): boolean {
  return METER.test(hints.meter) && ZONE.test(hints.zone)
}

/** What the sender may say of a file. */
export function HintFields({ hints, onChange }: { hints: Hints; onChange: (hints: Hints) => void }) {
  const known = useId()
  const meters = useEveryMeter().data?.meters ?? []
  const set = (change: Partial<Hints>): void => onChange({ ...hints, ...change })
  return (
    <div className="grid gap-3 sm:grid-cols-2">
      <Field label="Zähler" hint="für Dateien ohne Zählernummer" error={METER.test(hints.meter) ? null : 'Buchstaben, Ziffern und . _ : -, höchstens 64 Zeichen.'}>
        {(ids) => (
          <>
            <Input {...ids} list={known} value={hints.meter} onChange={(event) => set({ meter: event.target.value.trim() })} placeholder="DE0001234" />
            <datalist id={known}>
              {meters.slice(0, 200).map((meter) => (
                <option key={meter.meter_id} value={meter.meter_id}>
                  {meter.title}
                </option>
              ))}
            </datalist>
          </>
        )}
      </Field>
      <Field label="Einheit" hint="wenn Spalten keine nennen">
        {(ids) => (
          <Select {...ids} value={hints.unit} onChange={(event) => set({ unit: event.target.value as Hints['unit'] })}>
            <option value="">wie in der Datei</option>
            <option value="kW">kW (Leistung)</option>
            <option value="kWh">kWh (Energie je Intervall)</option>
          </Select>
        )}
      </Field>
      <Field label="Uhr" hint="für Zeiten ohne Zeitzone">
        {(ids) => (
          <Select {...ids} value={hints.clock} onChange={(event) => set({ clock: event.target.value as Hints['clock'] })}>
            <option value="">wie in der Datei</option>
            <option value="Europe/Berlin">Ortszeit (MEZ und MESZ)</option>
            <option value="MEZ">ganzjährig Winterzeit (MEZ)</option>
            <option value="UTC">UTC</option>
          </Select>
        )}
      </Field>
      <Field label="Gebotszone" hint="für Preise ohne Zone" error={ZONE.test(hints.zone) ? null : 'Buchstaben, Ziffern, Leerzeichen und . _ / : + -'}>
        {(ids) => <Input {...ids} value={hints.zone} onChange={(event) => set({ zone: event.target.value })} placeholder="DE-LU" />}
      </Field>
    </div>
  )
}
