import { Link } from '@tanstack/react-router'
import { useMemo } from 'react'
import type { Meter } from '@/api/types'
import { ChartCard, formatValue, type Line, type Mark, type Picture } from '@/chart'
import { formatClockAt } from '@/lib/format'
import { meterName, priceLine, useNewest } from '@/series'
import { buttonLook } from '@/ui/button'
import type { Known } from './kpis'
import { stretchText } from './morning'

/** Today's load above yesterday's. */
export function LoadToday({ meters, known, now }: { meters: Meter[]; known: Known; now: number }) {
  const { today, past, days } = known
  const picture = useMemo((): Picture | undefined => {
    if (!today.value || !past.value) return undefined
    const shared = { unit: 'kW', seconds: today.value.seconds }
    const shift = days.today.from - days.yesterday.from
    const lines: Line[] = [
      { ...shared, name: 'Gestern', ink: 'muted', ts: past.value.ts.map((at) => at + shift), values: past.value.consumption, seconds: past.value.seconds },
      { ...shared, name: 'Heute', ink: 'consumption', ts: today.value.ts, values: today.value.consumption },
    ]
    if (today.value.production?.some((one) => one !== null && one > 0)) lines.push({ ...shared, name: 'Erzeugung heute', ink: 'production', filled: true, ts: today.value.ts, values: today.value.production })
    return { from: days.today.from, to: days.today.to, lines: lines.filter((line) => line.ts.length > 0) }
  }, [today.value, past.value, days])
  const name = meters.length === 1 && meters[0] ? meterName(meters[0]) : `${meters.length} Zähler zusammen`
  return (
    <ChartCard
      title="Last heute und gestern"
      note={<Latest meters={meters} name={name} now={now} />}
      label={`Leistung von ${name}: heute bis jetzt und gestern, in Viertelstunden.`}
      picture={picture}
      filename="last-heute"
      error={today.error ?? past.error}
      onRetry={() => {
        today.retry()
        past.retry()
      }}
      empty={<None text="Von heute und gestern gibt es keine Messwerte." to="/energie" label="Anderen Zeitraum wählen" />}
      chartClass="h-52"
    />
  )
}

/** The newest value, as the live stream tells it. */
function Latest({ meters, name, now }: { meters: Meter[]; name: string; now: number }) {
  const newest = useNewest()
  const one = meters.length === 1 ? meters[0] : undefined
  const last = one ? (newest.get(one.meter_id) ?? one.last) : undefined
  const fresh = last && now - last.ts < 3600 ? last : undefined
  return (
    <>
      {name} · Viertelstundenwerte
      {fresh ? ` · ${formatClockAt(fresh.ts)} Uhr: ${formatValue(fresh.consumption_kw, 'kW')}` : ''}
    </>
  )
}

/** Prices of today and, once they are known, of tomorrow, with the cheapest stretches and the present. */
export function PricesToday({ known, mayFeed, now, wide }: { known: Known; mayFeed: boolean; now: number; wide: boolean }) {
  const { prices, days, cheap, cheapTomorrow } = known
  const picture = useMemo((): Picture | undefined => {
    if (prices.data === null) return { from: days.today.from, to: days.today.to, lines: [] }
    if (!prices.data) return undefined
    const line = priceLine(prices.data)
    const line_ct: Line = { ...line, name: 'Börsenpreis', unit: 'ct/kWh', values: line.values.map((value) => (value === null ? null : value / 10)) }
    const reaches = (line.ts.at(-1) ?? 0) >= days.today.to
    const marks: Mark[] = [...[cheap, cheapTomorrow].flatMap((one) => (one ? [{ from: one.from, to: one.to, label: 'günstig', ink: 'production' as const }] : [])), { from: now, label: 'jetzt', ink: 'muted' }]
    return { from: days.both.from, to: reaches ? days.both.to : days.today.to, lines: [line_ct], marks }
  }, [prices.data, days, cheap, cheapTomorrow, now])
  const both = picture?.to === days.both.to
  return (
    <ChartCard
      className={wide ? 'lg:col-span-2' : ''}
      title={both ? 'Preise heute und morgen' : 'Preise heute'}
      note={[prices.data ? `${prices.data.market} Day-Ahead` : '', cheap ? `heute günstig ${stretchText(cheap)}` : '', both && cheapTomorrow ? `morgen ${stretchText(cheapTomorrow)}` : ''].filter(Boolean).join(' · ')}
      label={`Börsenpreise ${both ? 'von heute und morgen' : 'von heute'} in ct/kWh${cheap ? `; am günstigsten heute ${stretchText(cheap)}` : ''}${cheapTomorrow ? `, morgen ${stretchText(cheapTomorrow)}` : ''}.`}
      picture={picture}
      filename="preise-heute"
      error={prices.error}
      onRetry={() => void prices.refetch()}
      empty={mayFeed ? <None text="Für heute sind keine Preise da." to="/admin/daten" label="Preisquelle anschließen" /> : <None text="Für heute sind keine Preise da. Die Quelle richtet ein, wer Nova verwaltet." to="/markt" label="Andere Tage ansehen" />}
      chartClass="h-52 lg:h-62"
    />
  )
}

function None({ text, to, label }: { text: string; to: '/energie' | '/markt' | '/admin/daten'; label: string }) {
  return (
    <div className="grid min-h-52 content-center justify-items-center gap-3 px-4 text-center">
      <p className="text-sm text-muted">{text}</p>
      <Link to={to} className={buttonLook({ size: 'sm' })}>
        {label}
      </Link>
    </div>
  )
}
