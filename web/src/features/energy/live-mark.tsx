import type { Meter } from '@/api/types'
import { formatValue } from '@/chart'
import { formatAt } from '@/lib/format'
import { useDataLive, useNewest } from '@/series'

/** Two intervals and so many seconds without a value, and nothing is live any more. */
const LATE = 300

/** The newest value, and whether it comes by itself. */
export function LiveMark({ meter, now }: { meter: Meter; now: number }) {
  const connected = useDataLive()
  const last = useNewest().get(meter.meter_id) ?? meter.last
  if (!last) return <span>noch ohne Werte</span>
  const fresh = connected && now - last.ts < 2 * meter.seconds + LATE
  return (
    <span className="num inline-flex flex-wrap items-center gap-x-2">
      {fresh ? (
        <span className="inline-flex items-center gap-1.5 rounded-full border border-ok/45 bg-ok-soft px-2 text-2xs leading-5 font-medium text-ok">
          <span className="size-1.5 animate-pulse rounded-full bg-ok" aria-hidden /> live
        </span>
      ) : null}
      <span>
        {fresh ? '' : 'Neuester Wert '}
        {formatAt(last.ts)}: {formatValue(last.consumption_kw, 'kW')}
        {last.production_kw ? `, Erzeugung ${formatValue(last.production_kw, 'kW')}` : ''}
      </span>
    </span>
  )
}
