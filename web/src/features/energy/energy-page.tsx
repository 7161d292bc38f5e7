import { Link } from '@tanstack/react-router'
import { GitCompareArrows, MessageSquare } from 'lucide-react'
import type { Meter } from '@/api/types'
import { kindOfMeter, meterName, MeterPicker, perText, RangePicker, rangeOf, TermsPopover, useDataStream, useMeter, useMeters, useNow, type Range } from '@/series'
import { Button, buttonLook } from '@/ui/button'
import { Page } from '@/ui/page'
import { Fault, Skeleton } from '@/ui/states'
import { Dashboard } from './dashboard'
import { LiveMark } from './live-mark'
import { NoMeters, NoSuchMeter } from './nothing'
import { questionOf } from './periods'
import type { EnergyPageProps } from './search'

const USUAL = '7t'

export function EnergyPage({ search, onSearch, mayFeed }: EnergyPageProps) {
  useDataStream()
  const now = useNow()
  const meters = useMeters()
  const listed = meters.data?.meters.find((meter) => meter.meter_id === search.zaehler)
  const other = useMeter(search.zaehler && meters.data && !listed ? search.zaehler : undefined)
  const meter = search.zaehler ? (listed ?? other.data) : meters.data && usualMeter(meters.data.meters)
  const range = rangeOf(search, USUAL, now)
  if (meters.isError) {
    return (
      <Page title="Energie">
        <div className="card">
          <Fault error={meters.error} onRetry={() => void meters.refetch()} />
        </div>
      </Page>
    )
  }
  if (meters.data?.total === 0) {
    return (
      <Page title="Energie">
        <NoMeters mayFeed={mayFeed} />
      </Page>
    )
  }
  if (other.isError) {
    return (
      <Page title="Energie">
        <NoSuchMeter onFirst={() => onSearch({ zaehler: undefined })} />
      </Page>
    )
  }
  if (!meter || !meters.data) return <Loading />
  const known = listed || !search.zaehler ? meters.data.meters : [meter, ...meters.data.meters]
  return (
    <Page title="Energie" lead={<Lead meter={meter} now={now} />} actions={<Actions meter={meter} range={range} />}>
      <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2">
        <MeterPicker meters={known} value={meter.meter_id} onChange={(zaehler) => onSearch({ zaehler })} />
        <div className="flex flex-wrap items-center gap-x-3 gap-y-2">
          <RangePicker range={range} onChange={onSearch} now={now} />
          <Button size="sm" aria-pressed={search.vergleich ?? false} onClick={() => onSearch({ vergleich: search.vergleich ? undefined : true })} className="aria-pressed:border-brand aria-pressed:bg-brand-soft aria-pressed:text-brand">
            <GitCompareArrows aria-hidden /> Vergleichen
          </Button>
        </div>
      </div>
      <Dashboard key={meter.meter_id} meter={meter} range={range} compare={search.vergleich ?? false} now={now} onSearch={onSearch} />
    </Page>
  )
}

/** One's own first, then one that has values. */
export function usualMeter(meters: Meter[]): Meter | undefined {
  return meters.find((meter) => meter.mine && meter.last) ?? meters.find((meter) => meter.last) ?? meters[0]
}

function Lead({ meter, now }: { meter: Meter; now: number }) {
  return (
    <span className="flex flex-wrap items-center gap-x-2 gap-y-1">
      <span className="num">
        {kindOfMeter(meter.kind)}, Werte je {perText(meter.seconds)} ·
      </span>
      <LiveMark meter={meter} now={now} />
    </span>
  )
}

function Actions({ meter, range }: { meter: Meter; range: Range }) {
  return (
    <>
      <TermsPopover meter={meter} />
      <Link to="/fragen" search={{ frage: questionOf(meterName(meter), range) }} className={buttonLook({ look: 'primary', size: 'sm' })}>
        <MessageSquare aria-hidden /> Luna fragen
      </Link>
    </>
  )
}

function Loading() {
  return (
    <Page title="Energie">
      <div role="status" aria-label="Zähler werden geladen" className="grid gap-5">
        <Skeleton className="h-9 w-full max-w-md" />
        <div className="grid grid-cols-2 gap-3 lg:grid-cols-4">
          {[0, 1, 2, 3].map((slot) => (
            <Skeleton key={slot} className="h-24 rounded-card" />
          ))}
        </div>
        <Skeleton className="h-96 rounded-card" />
      </div>
    </Page>
  )
}
