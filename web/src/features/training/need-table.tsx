import { formatBytes, formatCount, NONE } from '@/lib/format'
import { StateBadge } from '@/ui/badge'
import type { Measured, Need } from './told'
import { figure, lasting } from './words'

/** "21 min", "1,8 GB", "0,021 kWh", "0,63 ct". */
export function needText({ unit }: Need, value: number | null): string {
  if (value === null) return NONE
  if (unit === 'h') return lasting(value * 3600)
  if (unit === 'MiB') return formatBytes(value * 1024 * 1024)
  return unit === '€' && value < 1 ? `${figure(value * 100)} ct` : `${figure(value)} ${unit}`
}

/** What a run takes beside what its budget has; `told`: why it does not begin stands elsewhere. */
export function NeedTable({ measured, told = false }: { measured: Measured; told?: boolean }) {
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
              {needText(need, need.value)} <span className="text-xs text-muted">von {needText(need, need.limit)} im Budget</span>
            </dd>
          </div>
        ))}
      </dl>
      {(told ? [] : measured.reasons).map((reason) => (
        <p key={reason} className="text-sm text-bad">
          {reason}
        </p>
      ))}
      {measured.passed && measured.rows !== null && measured.given !== null && measured.rows < measured.given ? (
        <p className="num text-sm text-warn">
          {formatCount(measured.rows)} von {formatCount(measured.given)} Datensätzen gehen ein. Die übrigen sind länger, als die Einstellungen erlauben.
        </p>
      ) : null}
      <p className="num text-xs text-muted">
        {formatCount(measured.steps)} Schritte über {formatCount(measured.rows)} Datensätze, je Schritt {figure(measured.secondsPerStep)} s. Zwischenstände und die Fragen am Ende kommen dazu.
      </p>
    </div>
  )
}
