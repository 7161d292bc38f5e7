import { formatCount, NONE } from '@/lib/format'
import { StateBadge } from '@/ui/badge'
import type { Measured, Need } from './told'
import { figure, lasting } from './words'

/** "0,35 Stunden (21 min)". */
export function needText({ value, unit }: Need): string {
  if (value === null) return NONE
  const told = `${figure(value)} ${unit}`
  return unit === 'Stunden' ? `${told} (${lasting(value * 3600)})` : told
}

/** What a run takes beside what its budget has. */
export function NeedTable({ measured }: { measured: Measured }) {
  return (
    <div className="grid gap-3">
      <dl aria-label="Bedarf und Budget" className="num grid gap-2.5 text-sm">
        {measured.needs.map((need) => (
          <div key={need.name} className="grid grid-cols-[1fr_auto] gap-x-3 gap-y-1">
            <dt className="text-muted">{need.name}</dt>
            <dd className="row-span-2 self-center">
              <StateBadge word={need.over ? { label: 'zu viel', shade: 'bad' } : { label: 'ok', shade: 'ok' }} />
            </dd>
            <dd>
              {needText(need)} <span className="text-xs text-muted">von {need.limit === null ? NONE : `${figure(need.limit)} ${need.unit}`} im Budget</span>
            </dd>
          </div>
        ))}
      </dl>
      {measured.reasons.map((reason) => (
        <p key={reason} className="text-sm text-bad">
          {reason}
        </p>
      ))}
      <p className="num text-xs text-muted">
        {formatCount(measured.steps)} Schritte über {formatCount(measured.rows)} Datensätze, je Schritt {figure(measured.secondsPerStep)} s. Zwischenstände und die Fragen am Ende kommen dazu.
      </p>
    </div>
  )
}
