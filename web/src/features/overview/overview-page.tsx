import { useMemo, type ReactNode } from 'react'
import type { Meter } from '@/api/types'
import { midnight } from '@/lib/berlin'
import { useLocal } from '@/lib/local'
import { meterName, useDataLive, useDataStream, useMeters, useNow } from '@/series'
import { Select } from '@/ui/field'
import { Page } from '@/ui/page'
import { Fault, Skeleton } from '@/ui/states'
import { ALL, chosen, summable } from './day'
import { Dashboard } from './dashboard'
import type { OverviewSearch } from './search'
import { Start } from './start'

export interface OverviewPageProps {
  search: OverviewSearch
  /** Changes what is named; undefined takes it out of the address. */
  onSearch: (next: Partial<OverviewSearch>) => void
  mayFeed: boolean
  /** Whose page it is; null where a key without a name is signed in. */
  user: string | null
  /** First steps of a fresh installation. */
  checklist?: ReactNode
}

const long = new Intl.DateTimeFormat('de-DE', { timeZone: 'Europe/Berlin', weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' })

/** What a customer opens every morning: Luna's sentence, four numbers, their charts, and what to do. */
export function OverviewPage({ mayFeed, user, checklist }: OverviewPageProps) {
  useDataStream()
  const now = useNow()
  const meters = useMeters()
  const [wish, choose] = useLocal('nova.zaehler', '')
  const all = meters.data?.meters
  const shown = useMemo(() => chosen(all ?? [], wish), [all, wish])
  return (
    <Page title="Übersicht" lead={<Lead now={now} />} actions={all && all.length > 1 ? <Choice meters={all} shown={shown} onChange={choose} /> : null}>
      {meters.isError ? (
        <Fault error={meters.error} onRetry={() => void meters.refetch()} />
      ) : meters.isPending ? (
        <div role="status" aria-label="Übersicht wird geladen" className="grid gap-5">
          <Skeleton className="h-24 rounded-card" />
          <Skeleton className="h-28 rounded-card" />
          <Skeleton className="h-64 rounded-card" />
        </div>
      ) : (
        <>
          {shown.length === 0 ? <Start mayFeed={mayFeed} now={midnight(now)} /> : null}
          <Dashboard key={shown.map((meter) => meter.meter_id).join()} meters={shown} mayFeed={mayFeed} user={user} now={now} checklist={checklist} />
        </>
      )}
    </Page>
  )
}

function Lead({ now }: { now: number }) {
  const live = useDataLive()
  return (
    <span className="inline-flex flex-wrap items-center gap-x-2">
      {long.format(now * 1000)}
      {live ? (
        <span className="inline-flex items-center gap-1.5 text-xs">
          <span className="size-1.5 rounded-full bg-ok" aria-hidden /> live
        </span>
      ) : null}
    </span>
  )
}

/** Which meter is one's own, kept in this browser; or their sum. */
function Choice({ meters, shown, onChange }: { meters: Meter[]; shown: Meter[]; onChange: (wish: string) => void }) {
  const several = summable(meters)
  return (
    <Select aria-label="Zähler der Übersicht" value={shown.length > 1 ? ALL : (shown[0]?.meter_id ?? '')} onChange={(event) => onChange(event.target.value)} className="max-w-full min-w-0">
      {several.length > 0 ? <option value={ALL}>Alle {several.length} Zähler zusammen</option> : null}
      {meters.map((meter) => (
        <option key={meter.meter_id} value={meter.meter_id}>
          {meterName(meter)}
          {meter.simulated ? ' (simuliert)' : ''}
        </option>
      ))}
    </Select>
  )
}
