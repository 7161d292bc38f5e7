import { useMemo, type ReactNode } from 'react'
import { spanOf, useAdvice } from '@/advice'
import type { Meter } from '@/api/types'
import { midnight } from '@/lib/berlin'
import { cheapest, meterName, priceAt, useDayAhead, useNewest, usePrices, useTerms } from '@/series'
import { Fault } from '@/ui/states'
import { useCurve, useDay } from './api'
import { LoadToday, PricesToday } from './charts'
import { peakOf } from './day'
import { Greeting } from './greeting'
import { KpiCard } from './kpi-card'
import { kpisOf, type Known } from './kpis'
import { dearest, say, SILENT_H, type Morning } from './morning'
import { AskLuna, TopAdvice } from './side-cards'

interface DashboardProps {
  meters: Meter[]
  mayFeed: boolean
  now: number
  checklist: ReactNode
}

const NO_PLACE = {}
/** Of several meters, one that has been silent for longer is no news. */
const FORGOTTEN = 14 * 86_400
/** As long as a dishwasher, a wash and most of a charge take. */
const WINDOW = 3 * 3600

/** Everything of some meters' morning. Without meters, prices and questions are left. */
export function Dashboard({ meters, mayFeed, now, checklist }: DashboardProps) {
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

/** What is known of yesterday, the same weekday before, today and the prices. */
function useKnown(meters: Meter[], now: number): Known {
  const today = midnight(now)
  const days = useMemo(
    () => ({
      yesterday: { from: midnight(today, -1), to: today },
      before: { from: midnight(today, -8), to: midnight(today, -7) },
      today: { from: today, to: midnight(today, 1) },
      both: { from: today, to: midnight(today, 2) },
    }),
    [today],
  )
  const terms = useTerms(meters.length === 1 ? meters[0] : undefined)
  const dayAhead = useDayAhead()
  const place = dayAhead.isPending ? undefined : dayAhead.asked ? { market: dayAhead.asked.market, zone: dayAhead.asked.zone } : NO_PLACE
  const yesterday = useDay(meters, days.yesterday, terms, place)
  const before = useDay(meters, days.before, terms, place)
  const curveToday = useCurve(meters, days.today, true)
  const curveYesterday = useCurve(meters, days.yesterday, false)
  const asked = usePrices(days.both, dayAhead.asked, dayAhead.asked !== undefined)
  const prices = {
    data: dayAhead.none ? null : asked.data,
    error: dayAhead.error ?? asked.error,
    isPending: !dayAhead.none && !dayAhead.error && !asked.error && asked.data === undefined,
    refetch: () => (dayAhead.error ? dayAhead.refetch() : asked.refetch()),
  }
  const priced = useMemo(() => (prices.data ? { ts: prices.data.columns.ts, values: prices.data.columns.mean, seconds: prices.data.resolution } : null), [prices.data])
  const quarter = now - (now % 900)
  return {
    meters,
    days,
    yesterday: yesterday.value,
    before: before.value,
    error: yesterday.error ?? before.error,
    retry: () => {
      yesterday.retry()
      before.retry()
    },
    today: curveToday,
    past: curveYesterday,
    peak: yesterday.value?.peak ?? (meters.length > 1 && curveYesterday.value ? peakOf(curveYesterday.value) : null),
    prices,
    priceNow: priced ? priceAt(priced, now) : null,
    cheap: priced ? cheapest(priced, WINDOW, quarter, days.today.to) : null,
    dear: priced ? dearest(priced, now, days.today.to) : null,
    cheapTomorrow: priced ? cheapest(priced, WINDOW, days.today.to, days.both.to) : null,
  }
}

function useMorning(meters: Meter[], known: Known, mayFeed: boolean, now: number): Morning | undefined {
  const advice = useAdvice({ state: ['open'], limit: 1, meterId: ownOf(meters) })
  const newest = useNewest()
  const waits = (meters.length > 0 && !known.error && (!known.yesterday || !known.before)) || known.prices.isPending || advice.isPending
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
    energy: known.yesterday?.energy ?? null,
    before: known.before?.energy ?? null,
    covered: known.yesterday?.covered ?? 0,
    coveredBefore: known.before?.covered ?? 0,
    lacking: known.yesterday?.lacking ?? 0,
    lastAt: told?.at ?? newestEnd?.at ?? null,
    price: known.priceNow,
    cheap: known.cheap,
    dear: known.dear,
    advice: top ? { title: top.title, eur: top.eur, span: spanOf(top.rule) } : null,
  }
}
