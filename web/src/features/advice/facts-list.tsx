import { Pencil } from 'lucide-react'
import { useState } from 'react'
import type { Meter } from '@/api/types'
import { plural } from '@/lib/format'
import { meterName } from '@/series'
import { Badge } from '@/ui/badge'
import { Button } from '@/ui/button'
import { Section } from '@/ui/page'
import { formOf, hasPlant, lacks } from './facts'

const FEW = 6

/** What recommendations reckon with, by meter; what is missing is named. */
export function FactsList({ meters, mayFeed, onEdit }: { meters: Meter[]; mayFeed: boolean; onEdit: (meter: Meter) => void }) {
  const [all, setAll] = useState(false)
  const sorted = meters.toSorted((a, b) => lacks(b).length - lacks(a).length)
  const open = meters.filter((meter) => lacks(meter).length > 0).length
  return (
    <Section title="Angaben der Zähler" aside={<span className="num text-xs text-muted">{open === 0 ? 'vollständig' : `bei ${plural(open, 'Zähler', 'Zählern')} fehlt etwas`}</span>}>
      <div className="card min-w-0 overflow-hidden">
        <ul className="divide-y divide-line">
          {(all ? sorted : sorted.slice(0, FEW)).map((meter) => (
            <li key={meter.meter_id} className="flex flex-wrap items-center gap-x-4 gap-y-1.5 px-4 py-2.5">
              <div className="grid min-w-0 flex-1 basis-48">
                <span className="truncate text-sm font-medium">{meterName(meter)}</span>
                <span className="num text-xs text-muted">{summary(meter)}</span>
              </div>
              <span className="flex flex-wrap gap-1.5">
                {lacks(meter).map((one) => (
                  <Badge key={one} shade="warn">
                    {one} fehlt
                  </Badge>
                ))}
              </span>
              {mayFeed ? (
                <Button size="sm" onClick={() => onEdit(meter)} aria-label={`Angaben eintragen: ${meterName(meter)}`}>
                  <Pencil aria-hidden /> Eintragen
                </Button>
              ) : null}
            </li>
          ))}
        </ul>
        {meters.length > FEW ? (
          <div className="border-t border-line p-2 text-center">
            <Button size="sm" look="ghost" onClick={() => setAll(!all)}>
              {all ? 'Weniger zeigen' : `Alle ${meters.length} zeigen`}
            </Button>
          </div>
        ) : null}
      </div>
      {mayFeed ? null : <p className="text-xs text-muted">Die Angaben trägt ein, wer Nova verwaltet.</p>}
    </Section>
  )
}

function summary(meter: Meter): string {
  const form = formOf(meter)
  const parts = [
    form.kind === 'fixed' ? `Festpreis ${form.fixed} ct/kWh` : form.kind === 'spot' ? `dynamisch, Aufschlag ${form.surcharge} ct/kWh` : '',
    form.feedIn ? `Einspeisung ${form.feedIn} ct/kWh` : '',
    form.peak ? `Leistungspreis ${form.peak} EUR/kW` : '',
    form.pv ? `PV ${form.pv} kWp` : '',
    hasPlant(meter) ? [form.capacity ? `Speicher ${form.capacity} kWh` : '', form.loadName].filter(Boolean).join(', ') : '',
    form.region,
  ]
  return parts.filter(Boolean).join(' · ') || 'noch nichts bekannt'
}
