import type { Meter, MeterKind } from '@/api/types'
import { Select } from '@/ui/field'

const KINDS: Record<MeterKind, string> = {
  household: 'Haushalte',
  business: 'Gewerbe',
  pv: 'Photovoltaik',
  battery: 'Speicher',
  ev: 'Ladepunkte',
  heat_pump: 'Wärmepumpen',
  grid: 'Netz',
  other: 'Weitere',
}

export function meterName(meter: Pick<Meter, 'meter_id' | 'title'>): string {
  return meter.title || meter.meter_id
}

export function kindOfMeter(kind: MeterKind): string {
  return KINDS[kind]
}

/** The meters that the caller may see, in groups of their kind. */
export function MeterPicker({ meters, value, onChange, label = 'Zähler', none }: { meters: Meter[]; value: string; onChange: (meterId: string) => void; label?: string; none?: string }) {
  const kinds = (Object.keys(KINDS) as MeterKind[]).filter((kind) => meters.some((meter) => meter.kind === kind))
  return (
    <Select aria-label={label} value={value} onChange={(event) => onChange(event.target.value)} className="max-w-full min-w-0">
      {none ? <option value="">{none}</option> : null}
      {kinds.map((kind) => (
        <optgroup key={kind} label={KINDS[kind]}>
          {meters
            .filter((meter) => meter.kind === kind)
            .map((meter) => (
              <option key={meter.meter_id} value={meter.meter_id}>
                {meterName(meter)}
                {meter.simulated ? ' (simuliert)' : ''}
              </option>
            ))}
        </optgroup>
      ))}
    </Select>
  )
}
