import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useMemo } from 'react'
import { eurText } from '@/advice'
import type { Meter } from '@/api/types'
import { ChartCard, formatValue } from '@/chart'
import { dayOf, midnight } from '@/lib/berlin'
import { formatDay } from '@/lib/format'
import { api, data } from '@/lib/http'
import { MeterPicker, useDayAhead } from '@/series'
import { Button, buttonLook } from '@/ui/button'
import { Figure, Section } from '@/ui/page'
import { hasPlant } from './facts'
import { planPicture, sourcesText } from './plan'

interface PlanProps {
  meters: Meter[]
  chosen: string | undefined
  onChoose: (meterId: string) => void
  mayFeed: boolean
  onFacts: (meter: Meter) => void
  now: number
}

/** Tomorrow where its prices are known, else today: as recommendations have it. */
function usePlan(meterId: string | undefined, now: number) {
  const { asked, until, none, error } = useDayAhead()
  const today = midnight(now)
  const day = until >= midnight(today, 2) ? midnight(today, 1) : today
  const priced = until >= midnight(day, 1)
  const plan = useQuery({
    queryKey: ['plan', meterId, day, asked?.market, asked?.zone],
    queryFn: ({ signal }) => {
      const body = { meter_id: meterId ?? '', day: dayOf(day), days: 1, market: asked?.market ?? null, zone: asked?.zone ?? 'DE-LU', title: '', keep: false }
      return data(api.POST('/api/v1/data/schedule', { body, signal }))
    },
    enabled: meterId !== undefined && priced,
    staleTime: 5 * 60_000,
    retry: false,
  })
  return { plan, error: error ?? plan.error, unpriced: none || (asked !== undefined && !priced) }
}

const NOTHING = { lines: [], from: 0, to: 1 }

/** A day of battery and loads that can wait: before, after, and at which price. */
export function PlanSection({ meters, chosen, onChoose, mayFeed, onFacts, now }: PlanProps) {
  const able = useMemo(() => meters.filter(hasPlant), [meters])
  const meter = able.find((one) => one.meter_id === chosen) ?? able[0]
  const { plan, error, unpriced } = usePlan(meter?.meter_id, now)
  const picture = useMemo(() => (unpriced ? NOTHING : plan.data ? planPicture(plan.data) : undefined), [plan.data, unpriced])
  if (!meter) return <NoPlant meters={meters} mayFeed={mayFeed} onFacts={onFacts} />
  const day = plan.data ? formatDay(plan.data.day) : ''
  return (
    <Section title="Fahrplan" aside={able.length > 1 ? <MeterPicker meters={able} value={meter.meter_id} onChange={onChoose} label="Zähler des Fahrplans" /> : null}>
      {plan.data ? (
        <dl className="grid grid-cols-2 gap-3 lg:grid-cols-4">
          <Figure label="Tag ohne Fahrplan" value={money(plan.data.idle_eur)} unit="EUR" />
          <Figure label="Tag mit Fahrplan" value={money(plan.data.cost_eur)} unit="EUR" />
          <Figure label="Ersparnis" value={money(plan.data.saves_eur)} unit="EUR" note={plan.data.saves_eur === null ? 'ohne Vergleich' : 'an diesem Tag'} />
          <Figure label="Spitze mit Fahrplan" value={formatValue(plan.data.peak_kw)} unit="kW" note={`ohne: ${formatValue(plan.data.idle_peak_kw, 'kW')}`} />
        </dl>
      ) : null}
      <ChartCard
        title={`${meter.title || meter.meter_id}${day ? `: ${day}` : ''}`}
        note={plan.data ? sourcesText(plan.data) : unpriced || error ? '' : 'Fahrplan wird gerechnet'}
        label={`Fahrplan von ${meter.title || meter.meter_id}: Leistung am Netz mit und ohne Fahrplan, Batterie und Lasten, dazu der Preis.`}
        picture={picture}
        filename={`fahrplan-${meter.meter_id}`}
        error={error}
        onRetry={() => void plan.refetch()}
        empty={
          <div className="grid justify-items-center gap-3 py-8 text-center text-sm text-muted">
            <p>Für heute fehlen Preise; ohne sie lässt sich nichts planen.</p>
            <Link to={mayFeed ? '/admin/daten' : '/markt'} className={buttonLook({ size: 'sm' })}>
              {mayFeed ? 'Preisquelle anschließen' : 'Andere Tage ansehen'}
            </Link>
          </div>
        }
        actions={
          mayFeed ? (
            <Button size="sm" look="ghost" onClick={() => onFacts(meter)}>
              Anlage ändern
            </Button>
          ) : null
        }
      >
        {plan.data && plan.data.peak_kw > plan.data.idle_peak_kw * 1.01 && plan.data.peak_eur === 0 ? (
          <p className="num text-xs text-warn">
            Der Fahrplan hebt die Spitze um {formatValue(plan.data.peak_kw - plan.data.idle_peak_kw, 'kW')}. Ein Leistungspreis ist in diese Rechnung nicht eingegangen.
          </p>
        ) : null}
        {plan.data && plan.data.reasons.length > 0 ? (
          <div className="grid gap-1 text-xs">
            <p className="font-medium">Was nicht ging</p>
            <ul className="num list-disc pl-5 text-muted">
              {plan.data.reasons.map((reason) => (
                <li key={`${reason.kind}/${reason.name}`}>{reason.text}</li>
              ))}
            </ul>
          </div>
        ) : null}
      </ChartCard>
    </Section>
  )
}

function money(value: number | null): string {
  return value === null ? '–' : eurText(value).replace(' EUR', '')
}

function NoPlant({ meters, mayFeed, onFacts }: Pick<PlanProps, 'meters' | 'mayFeed' | 'onFacts'>) {
  const first = meters.find((meter) => meter.kind === 'battery' || meter.kind === 'business') ?? meters[0]
  return (
    <Section title="Fahrplan">
      <div className="card flex flex-wrap items-center justify-between gap-3 p-4">
        <p className="min-w-0 flex-1 basis-72 text-sm text-muted">
          Mit den Angaben zu einem Speicher oder zu Lasten, die warten können, steht hier der günstigste Tag: was wann lädt, und was er kostet.
          {mayFeed ? '' : ' Die Angaben trägt ein, wer Nova verwaltet.'}
        </p>
        {mayFeed && first ? <Button onClick={() => onFacts(first)}>Anlage eintragen</Button> : null}
      </div>
    </Section>
  )
}
