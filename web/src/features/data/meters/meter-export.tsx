import { Download } from 'lucide-react'
import { useState } from 'react'
import type { MeterDetail } from '@/api/types'
import { dayOf, midnight, parseDay } from '@/lib/berlin'
import { exportAddress, useNow } from '@/series'
import { buttonLook } from '@/ui/button'
import { Field, Input, Select } from '@/ui/field'

type Format = Parameters<typeof exportAddress>[2]

const FORMATS: { value: Format; label: string }[] = [
  { value: 'csv_de', label: 'CSV für Excel (Semikolon, Komma)' },
  { value: 'csv', label: 'CSV (Komma, Punkt, UTC)' },
  { value: 'json', label: 'JSON' },
  { value: 'parquet', label: 'Parquet' },
]
const MOST = 3 * 366 * 86_400

/** The meter's values of some days as a file. */
export function MeterExport({ meter }: { meter: MeterDetail }) {
  const now = useNow()
  const end = meter.last ? meter.last.ts + meter.seconds : now
  const [from, setFrom] = useState(() => dayOf(Math.max(meter.first ?? 0, midnight(end, -30))))
  const [to, setTo] = useState(() => dayOf(end - 1))
  const [format, setFormat] = useState<Format>('csv_de')
  const [start, last] = [parseDay(from), parseDay(to)]
  const stop = last === null ? null : midnight(last, 1)
  const fault = start === null || stop === null ? 'Bitte beide Tage angeben.' : stop <= start ? 'Das Ende liegt vor dem Beginn.' : stop - start > MOST ? 'Höchstens drei Jahre in einer Datei.' : null
  if (!meter.last) return <p className="text-sm text-muted">Dieser Zähler hat noch keine Werte.</p>
  return (
    <div className="grid gap-4">
      <div className="grid gap-4 sm:grid-cols-2">
        <Field label="Von">{(ids) => <Input {...ids} type="date" value={from} onChange={(event) => setFrom(event.target.value)} />}</Field>
        <Field label="Bis einschließlich" error={fault}>
          {(ids) => <Input {...ids} type="date" value={to} onChange={(event) => setTo(event.target.value)} />}
        </Field>
        <Field label="Format" className="sm:col-span-2">
          {(ids) => (
            <Select {...ids} value={format} onChange={(event) => setFormat(event.target.value as Format)}>
              {FORMATS.map((one) => (
                <option key={one.value} value={one.value}>
                  {one.label}
                </option>
              ))}
            </Select>
          )}
        </Field>
      </div>
      {fault || start === null || stop === null ? null : (
        <a href={exportAddress(meter.meter_id, { from: start, to: stop }, format)} download className={`${buttonLook({ look: 'primary', size: 'sm' })} justify-self-start`}>
          <Download aria-hidden /> Datei herunterladen
        </a>
      )}
      <p className="text-xs text-muted">Jede dieser Dateien lässt sich hier auch wieder aufnehmen.</p>
    </div>
  )
}
