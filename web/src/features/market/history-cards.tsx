import { useMemo } from 'react'
import { ChartCard, HeatCard, heatOf, type Line, type Picture } from '@/chart'
import { dayOf } from '@/lib/berlin'
import { loadLines, meterName, priceLine, RangePicker, rangeText, resolutionText, searchOf, useLoad, useMeters, usePrices, type Range } from '@/series'
import { Button } from '@/ui/button'
import { Section } from '@/ui/page'
import { Empty } from '@/ui/states'
import { useHours } from './api'
import type { MarketSearch, SearchChange } from './search'
import { asked, fullName, productName, type Choice } from './products'
import { lineIn, type Unit } from './unit'

interface HistoryProps {
  choice: Choice
  range: Range
  now: number
  unit: Unit
  search: MarketSearch
  onSearch: (next: SearchChange) => void
}

/** The chosen range as a line and as days by hours. */
export function HistoryCards(props: HistoryProps) {
  const { range, now, onSearch } = props
  return (
    <Section title="Rückblick" className="gap-4" aside={null}>
      <RangePicker range={range} now={now} onChange={onSearch} />
      <HistoryCard {...props} />
      <PriceHeat {...props} />
    </Section>
  )
}

function HistoryCard({ choice, range, unit, search, onSearch }: HistoryProps) {
  const query = usePrices(range, asked(choice.shown))
  const meters = useMeters()
  const meter = meters.data?.meters.find((one) => one.meter_id === search.zaehler)
  const load = useLoad(meter?.meter_id, range)
  const series = query.data
  const picture = useMemo((): Picture | undefined => {
    if (!series) return undefined
    const finest = choice.shown.seconds[0] ?? series.resolution
    const { min, max } = series.columns
    const price = { ...priceLine(series), signed: true, ...(series.resolution > finest ? { band: { min, max, name: 'Spanne' } } : {}) }
    const loads = meter && load.data ? loadLines(load.data, meter.seconds).map((line): Line => ({ ...line, name: `${line.name} ${meterName(meter)}` })) : []
    return { lines: [lineIn(price, unit), ...loads], from: range.from, to: range.to }
  }, [series, choice.shown, meter, load.data, range.from, range.to, unit])
  return (
    <ChartCard
      title={`Verlauf ${productName(choice.shown.product)}`}
      note={`${rangeText(range)}${series ? ` · je ${perText(series.resolution)}` : ''}`}
      label={`Preise ${fullName(choice.shown)} vom ${rangeText(range)}`}
      picture={picture}
      filename={`preisverlauf-${dayOf(range.from)}`}
      error={query.error}
      onRetry={() => void query.refetch()}
      stale={query.isPlaceholderData}
      onSelect={(from, to) => onSearch({ zeitraum: undefined, ...searchOf(from, to) })}
      empty={<NoHistory choice={choice} range={range} onSearch={onSearch} />}
    />
  )
}

function perText(seconds: number): string {
  if (seconds === 3600) return 'Stunde'
  return seconds === 86_400 ? 'Tag' : resolutionText(seconds)
}

function PriceHeat({ choice, range, unit, onSearch }: HistoryProps) {
  const hours = useHours(choice.fine, range)
  const heat = useMemo(
    () => (hours.prices ? heatOf(hours.prices.ts, hours.prices.values.map((value) => (value === null ? null : value * unit.factor)), unit.name) : undefined),
    [hours.prices, unit],
  )
  if (!choice.fine) return null
  return (
    <HeatCard
      title="Tage und Stunden"
      note={`Stundenmittel ${fullName(choice.fine)} in ${unit.name}`}
      label={`Stundenpreise vom ${rangeText(range)}: jede Spalte ein Tag, jede Zeile eine Stunde. Die Tabelle nennt die Werte.`}
      name="Preis"
      heat={heat}
      filename={`preise-stunden-${dayOf(range.from)}`}
      error={hours.error}
      onRetry={hours.retry}
      stale={hours.stale}
      empty={<NoHistory choice={choice} range={range} onSearch={onSearch} />}
    />
  )
}

function NoHistory({ choice, range, onSearch }: { choice: Choice; range: Range; onSearch: (next: SearchChange) => void }) {
  return (
    <Empty
      title="In diesem Zeitraum gab es keine Preise"
      action={<Button onClick={() => onSearch({ zeitraum: '30t', von: undefined, bis: undefined })}>Letzte 30 Tage zeigen</Button>}
    >
      Für {fullName(choice.shown)} ist zwischen {rangeText(range)} nichts bekannt.
    </Empty>
  )
}
