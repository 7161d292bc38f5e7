import { useMemo, type ReactNode } from 'react'
import { spanOf, useAdvice } from '@/advice'
import type { Meter } from '@/api/types'
import { midnight } from '@/lib/berlin'
import { meterName, stretchOf, useNewest, usePriceFigures, usePrices, useTerms } from '@/series'
import { Fault } from '@/ui/states'
import { useCurve, useDay } from './api'
import { LoadToday, PricesToday } from './charts'
import { known as figureOf } from './day'
import { ForYou } from './for-you'
import { Greeting } from './greeting'
import { KpiCard } from './kpi-card'
import { kpisOf, type Known } from './kpis'
import { say, SILENT_H, type Morning } from './morning'
import { AskLuna, TopAdvice } from './side-cards'

interface DashboardProps {
  meters: Meter[]
  mayFeed: boolean
  user: string | null
  now: number
  checklist: ReactNode
}

/** Of several meters, one that has been silent for longer is no news. */
const FORGOTTEN = 14 * 86_400

/** Everything of some meters' morning. Without meters, prices and questions are left. */
export function Dashboard({ meters, mayFeed, user, now, checklist }: DashboardProps) {
  const known = useKnown(meters, now)
  const morning = useMorning(meters, known, mayFeed, now)
  return (
    <>
      {meters.length > 0 || known.priceNow !== null ? <Greeting said={morning ? say(morning) : undefined} /> : null}
      {meters.length > 0 ? (
        <section aria-labelledby="kennzahlen" className="grid gap-3">
          <h2 id="kennzahlen" className="sr-only">
            Kennzahlen
          </h2>
          {known.error ? (
            <Fault error={known.error} onRetry={known.retry} className="card py-8" />
          ) : (
            <div className="grid grid-cols-2 gap-3 lg:grid-cols-4">
              {kpisOf(known).map((kpi) => (
                <KpiCard key={kpi.label} {...kpi} />
              ))}
            </div>
          )}
        </section>
      ) : null}
      {checklist}
      {meters.length > 0 || known.prices.data ? (
        <div className="grid grid-cols-1 gap-4 lg:grid-cols-2">
          {meters.length > 0 ? <LoadToday meters={meters} known={known} now={now} /> : null}
          <PricesToday known={known} mayFeed={mayFeed} now={now} wide={meters.length === 0} />
        </div>
      ) : null}
      <div className="grid grid-cols-1 gap-4 lg:grid-cols-2">
        <TopAdvice mayFeed={mayFeed} meterId={ownOf(meters)} />
        <AskLuna ideas={ideasOf(meters)} />
      </div>
      {user === null ? null : <ForYou user={user} />}
    </>
  )
}

/** Whoever looks at a meter of their own wants to hear of that one. */
function ownOf(meters: Meter[]): string | undefined {
  return meters.length === 1 && meters[0]?.mine ? meters[0].meter_id : undefined
}

function ideasOf(meters: Meter[]): string[] {
  const one = meters[0]
  const name = one ? meterName(one) : ''
  return [...(name ? [`Wie viel hat ${name} gestern verbraucht?`, `Wann war die Spitze von ${name} gestern?`] : []), 'Wann ist Strom heute am günstigsten?', 'Muss ich meine Wallbox anmelden?'].slice(0, 3)
}

/** What is known of yesterday, today and the prices. */
function useKnown(meters: Meter[], now: number): Known {
  const today = midnight(now)
  const days = useMemo(() => ({ yesterday: { from: midnight(today, -1), to: today }, today: { from: today, to: midnight(today, 1) }, both: { from: today, to: midnight(today, 2) } }), [today])
  const tomorrow = useMemo(() => ({ from: days.today.to, to: days.both.to }), [days])
  const yesterday = useDay(meters, days.yesterday, useTerms())
  const curveToday = useCurve(meters, days.today, true)
  const curveYesterday = useCurve(meters, days.yesterday, false)
  const [said, next] = [usePriceFigures(days.today), usePriceFigures(tomorrow)]
  const market = said.data ?? next.data
  const asked = usePrices(days.both, market ? { market: market.market, zone: market.zone } : {}, market !== null && market !== undefined)
  const prices = {
    data: said.data === null && !next.data ? null : asked.data,
    error: said.error ?? asked.error,
    isPending: said.isPending || (market !== null && market !== undefined && !asked.error && asked.data === undefined),
    refetch: () => (said.error ? said.refetch() : asked.refetch()),
  }
  return {
    meters,
    days,
    yesterday: yesterday.value,
    error: yesterday.error,
    retry: yesterday.retry,
    today: curveToday,
    past: curveYesterday,
    prices,
    priceNow: said.data?.now ?? null,
    cheap: stretchOf(said.data?.cheapest),
    dear: stretchOf(said.data?.dearest),
    cheapTomorrow: stretchOf(next.data?.cheapest),
  }
}

function useMorning(meters: Meter[], known: Known, mayFeed: boolean, now: number): Morning | undefined {
  const advice = useAdvice({ state: ['open'], limit: 1, meterId: ownOf(meters) })
  const newest = useNewest()
  const waits = (meters.length > 0 && !known.error && !known.yesterday) || known.prices.isPending || advice.isPending
  if (waits) return undefined
  const top = advice.data?.recommendations[0]
  const ends = meters.flatMap((meter) => {
    const last = newest.get(meter.meter_id) ?? meter.last
    return last ? [{ meter, at: last.ts + meter.seconds }] : []
  })
  const newestEnd = ends.toSorted((a, b) => b.at - a.at)[0]
  const gone = ends.find(({ at }) => now - at >= SILENT_H * 3600 && now - at < FORGOTTEN)
  const told = meters.length === 1 ? { meter: meters[0], at: newestEnd?.at } : gone
  return {
    now,
    name: told?.meter ? meterName(told.meter) : '',
    meterId: told?.meter?.meter_id ?? null,
    mayFeed,
    day: known.days.yesterday,
    energy: figureOf(known.yesterday, 'energy'),
    low: figureOf(known.yesterday, 'expected_low'),
    high: figureOf(known.yesterday, 'expected_high'),
    excess: figureOf(known.yesterday, 'excess'),
    share: figureOf(known.yesterday, 'excess_share'),
    covered: known.yesterday?.named.get('energy')?.covered ?? 0,
    lastAt: told?.at ?? newestEnd?.at ?? null,
    price: known.priceNow,
    cheap: known.cheap,
    dear: known.dear,
    advice: top ? { title: top.title, eur: top.eur, span: spanOf(top.rule) } : null,
  }
}
