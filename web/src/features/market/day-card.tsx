import { useMemo } from 'react'
import { ChartCard, type Line, type Mark, type Picture } from '@/chart'
import { dayOf, midnight } from '@/lib/berlin'
import { formatDayAt, formatAt } from '@/lib/format'
import { forecastLine, loadLines, MeterPicker, meterName, priceLine, resolutionText, searchOf, useLoad, useMeters } from '@/series'
import { Badge } from '@/ui/badge'
import { Button } from '@/ui/button'
import { Field, Select } from '@/ui/field'
import { Empty } from '@/ui/states'
import type { Days } from './days'
import { type MarketSearch, type SearchChange, USUAL_WINDOW, WINDOWS } from './search'
import { fullName, type Choice } from './products'
import { lineIn, priceText, type Unit } from './unit'
import { dayWord, scoreText, spanText } from './words'

interface DayCardProps {
  choice: Choice
  days: Days
  now: number
  unit: Unit
  search: MarketSearch
  onSearch: (next: SearchChange) => void
}

/** Prices of today and tomorrow with the cheapest window of each; a meter's load and the forecast lie over them. */
export function DayCard({ choice, days, now, unit, search, onSearch }: DayCardProps) {
  const hours = search.fenster ?? USUAL_WINDOW
  const meters = useMeters()
  const meter = meters.data?.meters.find((one) => one.meter_id === search.zaehler)
  const load = useLoad(meter?.meter_id, days.window)
  const { series, forecast } = days
  const picture = useMemo((): Picture | undefined => {
    if (!days.prices) return undefined
    if (!series || !choice.fine) return { lines: [], from: days.window.from, to: days.window.to }
    const served = forecast.data && forecast.data.columns.ts.length > 0 ? [lineIn({ ...forecastLine(forecast.data, days.window.from, 'price'), name: 'Preisvorhersage' }, unit)] : []
    const loads = meter && load.data ? loadLines(load.data, meter.seconds).map((line): Line => ({ ...line, name: `${line.name} ${meterName(meter)}` })) : []
    const price: Line = { ...lineIn(priceLine(series), unit), signed: true }
    const lines = [price, ...served, ...loads]
    const last = Math.max(...lines.map((line) => (line.ts.at(-1) ?? 0) + line.seconds))
    const to = last > midnight(now, 1) ? days.window.to : midnight(now, 1)
    return { lines: [...lines], from: days.window.from, to, marks: marksOf(days, now, to, hours) }
  }, [days, series, choice.fine, forecast.data, meter, load.data, unit, now, hours])
  const simulated = (series?.quality.simulated ?? 0) > 0
  const title = days.tomorrow ? 'Preise heute und morgen' : 'Preise heute'
  return (
    <ChartCard
      title={title}
      note={
        choice.fine ? (
          <span className="inline-flex flex-wrap items-center gap-x-2 gap-y-1">
            {formatDayAt(days.window.from)} · {fullName(choice.fine)}
            {series ? ` · ${series.resolution === 3600 ? 'Stundenwerte' : `je ${resolutionText(series.resolution)}`}` : ''}
            {simulated ? <Badge shade="warn">simuliert</Badge> : null}
          </span>
        ) : null
      }
      label={spoken(days, now, unit)}
      picture={picture}
      filename={`preise-${dayOf(now)}`}
      error={days.error}
      onRetry={days.retry}
      stale={days.stale}
      chartClass="h-80"
      empty={<NoToday choice={choice} onSearch={onSearch} />}
      actions={
        <Select aria-label="Länge des günstigsten Fensters" value={hours} onChange={(event) => onSearch({ fenster: windowOf(event.target.value) })} className="w-38">
          {WINDOWS.map((one) => (
            <option key={one} value={one}>
              {one} h am Stück
            </option>
          ))}
        </Select>
      }
    >
      <Windows days={days} now={now} unit={unit} hours={hours} />
      <div className="grid gap-3 border-t border-line pt-3 sm:grid-cols-[auto_1fr] sm:items-center">
        {meters.data && meters.data.meters.length > 0 ? (
          <Field label="Ihr Lastgang dazu">
            {(ids) => (
              <span id={ids.id}>
                <MeterPicker meters={meters.data.meters} value={meter?.meter_id ?? ''} onChange={(zaehler) => onSearch({ zaehler: zaehler || undefined })} label="Lastgang über die Preise legen" none="kein Zähler" />
              </span>
            )}
          </Field>
        ) : null}
        <Foresight days={days} unit={unit} />
      </div>
    </ChartCard>
  )
}

function windowOf(text: string): MarketSearch['fenster'] {
  const found = WINDOWS.find((one) => one === Number(text))
  return found === USUAL_WINDOW ? undefined : found
}

function marksOf(days: Days, now: number, to: number, hours: number): Mark[] {
  const next = midnight(now, 1)
  return [
    ...days.windows.map((one): Mark => ({ from: one.from, to: one.to, label: `${hours} h`, ink: 'production' })),
    { from: now, label: 'jetzt', ink: 'consumption' },
    ...(to > next ? [{ from: next, label: 'morgen', ink: 'muted' as const }] : []),
  ]
}

function spoken(days: Days, now: number, unit: Unit): string {
  const parts = days.windows.map((one) => `${dayWord(one.from, now)} ${spanText(one)} mit ${priceText(one.mean, unit)} im Mittel`)
  return `Strompreise vom ${formatAt(days.window.from)} an. ${parts.length > 0 ? `Am günstigsten: ${parts.join('; ')}.` : ''}`
}

/** The cheapest windows in words, beside their gold in the picture. */
function Windows({ days, now, unit, hours }: { days: Days; now: number; unit: Unit; hours: number }) {
  if (!days.prices || days.windows.length === 0) return null
  return (
    <ul className="flex flex-wrap gap-2" aria-label={`Günstigste ${hours} Stunden am Stück`}>
      {days.windows.map((one) => (
        <li key={one.from} className="num inline-flex flex-wrap items-center gap-x-2 rounded-control border border-gold/60 bg-gold-soft px-3 py-1.5 text-xs text-ink">
          <span className="font-medium first-letter:uppercase">{dayWord(one.from, now)}</span>
          <span>{spanText(one)}</span>
          <span className="font-semibold">{priceText(one.mean, unit)}</span>
          {one.mean < 0 ? <span className="font-medium">unter 0</span> : null}
          {one.to <= now ? <span className="text-muted">vorbei</span> : null}
        </li>
      ))}
    </ul>
  )
}

/** How far prices reach, and how good the forecast was. */
function Foresight({ days, unit }: { days: Days; unit: Unit }) {
  if (!days.prices) return null
  const said = days.forecast.data
  const scored = said && said.columns.ts.length > 0 ? scoreText(said.scores, unit) : null
  return (
    <div className="num grid gap-1 text-xs text-muted">
      {days.tomorrow || !days.today?.cheapest_hour ? null : <p>Die Preise für morgen werden üblicherweise gegen 13 Uhr veröffentlicht und erscheinen dann hier von selbst.</p>}
      {scored ? <p>{scored}</p> : null}
      {said?.stale ? <p className="text-warn">Preise, auf denen die Vorhersage beruht, wurden zurückgenommen; sie wird neu gerechnet.</p> : null}
      {said?.reason && !days.tomorrow ? <p>Preisvorhersage: {said.reason}</p> : null}
    </div>
  )
}

function NoToday({ choice, onSearch }: { choice: Choice; onSearch: (next: SearchChange) => void }) {
  if (!choice.fine)
    return (
      <Empty title="Nur Tageswerte">
        Für {choice.shown.market} liegen keine Stundenpreise vor; der Verlauf unten zeigt die Tageswerte. Wählen Sie einen anderen Markt, um Stunden zu vergleichen.
      </Empty>
    )
  const { until } = choice.fine
  return (
    <Empty
      title="Für heute sind keine Preise bekannt"
      action={
        <Button look="primary" onClick={() => onSearch({ zeitraum: undefined, ...searchOf(midnight(until - 1, -6), midnight(until - 1, 1)) })}>
          Letzte bekannte Woche zeigen
        </Button>
      }
    >
      Die Preise von {fullName(choice.fine)} reichen bis {formatAt(until)}. Neue erscheinen hier von selbst, sobald die Quelle sie liefert.
    </Empty>
  )
}
