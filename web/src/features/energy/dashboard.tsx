import { Undo2 } from 'lucide-react'
import { useCallback, useMemo, useState } from 'react'
import type { EnergyFigure, Meter } from '@/api/types'
import { ChartCard, isEmpty } from '@/chart'
import { dayOf } from '@/lib/berlin'
import { meterName, perText, rangeText, searchOf, useFigures, useForecast, useLoad, useMeter, useNewest, useTerms, type Range, type RangeSearch } from '@/series'
import { Button } from '@/ui/button'
import type { EnergyPageProps } from './search'
import { MAIN, MORE } from './kpi'
import { KpiRow } from './kpi-row'
import { NoValues } from './nothing'
import { periodBefore, upTo, zoomed } from './periods'
import { pictureOf, pictureWords } from './picture'
import { gapsOf, type Known } from './quality'
import { QualityCard } from './quality-card'
import { RawFiles } from './raw-files'

const DAY = 86_400
/** What the API reckons with and forecasts at most. */
const MOST_FIGURES = 400 * DAY
const MOST_FORECAST = 8 * DAY

interface DashboardProps {
  meter: Meter
  range: Range
  compare: boolean
  now: number
  onSearch: EnergyPageProps['onSearch']
}

/** Everything below the choice of meter and range; all of it shows the same range. */
export function Dashboard({ meter, range, compare, now, onSearch }: DashboardProps) {
  const { from, to } = range
  const past = useMemo(() => periodBefore({ from, to, span: null }), [from, to])
  const { series, picture, known, gaps, load, last } = useCurve(meter, range, past, compare, now)
  const zoom = useZoom(range, meter.seconds, onSearch)
  const name = meterName(meter)
  const some = picture !== undefined && !isEmpty(picture)
  return (
    <>
      <Figures meter={meter} range={range} past={compare ? past : null} which="main" />
      <ChartCard
        title="Lastgang"
        note={`${rangeText(range)}${series && some ? ` · ${series.resolution === meter.seconds ? 'je' : 'Mittel und Spanne je'} ${perText(series.resolution)}` : ''}`}
        label={series ? pictureWords(name, rangeText(range), series) : `Lastgang von ${name}`}
        picture={picture}
        filename={`lastgang-${meter.meter_id}-${dayOf(range.from)}-${dayOf(range.to - 1)}`}
        error={load.isError ? load.error : undefined}
        onRetry={() => void load.refetch()}
        empty={<NoValues name={name} onLast={last ? () => onSearch({ zeitraum: undefined, von: undefined, bis: undefined, ...upTo(last.ts, meter.seconds, range) }) : null} />}
        stale={load.isPlaceholderData}
        onSelect={zoom.select}
        chartClass="h-80"
        actions={
          <>
            {zoom.back ? (
              <Button size="sm" onClick={zoom.back}>
                <Undo2 aria-hidden /> Zurück
              </Button>
            ) : null}
            {some ? <RawFiles meterId={meter.meter_id} range={range} /> : null}
          </>
        }
      >
        {some ? <p className="hidden text-2xs text-muted pointer-fine:block">Über die Kurve gezogen, vergrößert die Maus den Ausschnitt.</p> : null}
      </ChartCard>
      {series && some ? <QualityCard series={series} range={range} known={known} gaps={gaps} onZoom={zoom.select} /> : null}
      <Figures meter={meter} range={range} past={compare ? past : null} which="more" />
    </>
  )
}

/** The load curve with all that is drawn over it. */
function useCurve(meter: Meter, range: Range, past: Range, compare: boolean, now: number) {
  const load = useLoad(meter.meter_id, range)
  const earlier = useLoad(meter.meter_id, past, compare)
  const detail = useMeter(meter.meter_id)
  const newest = useNewest().get(meter.meter_id)
  const ahead = range.to > now - 60 && range.to - range.from <= MOST_FORECAST
  const forecast = useForecast({ meter_id: meter.meter_id }, { from: range.to - (range.to % 900) - DAY, to: range.to - (range.to % 900) + 2 * DAY }, ahead)
  const series = load.data?.meter_id === meter.meter_id ? load.data : undefined
  const before = compare && earlier.data?.meter_id === meter.meter_id && !earlier.isPlaceholderData ? earlier.data : undefined
  const last = newest ?? meter.last
  const [first, lastAt] = [detail.data?.first ?? null, last?.ts ?? null]
  const known: Known = useMemo(() => ({ first, last: lastAt, seconds: meter.seconds }), [first, lastAt, meter.seconds])
  const shown = useMemo(() => ({ from: range.from, to: range.to }), [range.from, range.to])
  const gaps = useMemo(() => (series ? gapsOf(series, shown, known) : []), [series, shown, known])
  const picture = useMemo(
    () =>
      series &&
      pictureOf({
        range: shown,
        interval: meter.seconds,
        series,
        gaps,
        newest,
        past: before ? { series: before, range: past } : undefined,
        forecast: ahead && forecast.data?.meter_id === meter.meter_id ? forecast.data : undefined,
      }),
    [series, shown, meter.seconds, meter.meter_id, gaps, newest, before, past, ahead, forecast.data],
  )
  return { load, series, picture, known, gaps, last }
}

/** Drawing over the chart shows that stretch; one step back leads to what was shown before. */
function useZoom(range: Range, seconds: number, onSearch: DashboardProps['onSearch']) {
  const [past, setPast] = useState<RangeSearch[]>([])
  const { from, to, span } = range
  const show = useCallback((next: RangeSearch): void => onSearch({ zeitraum: undefined, von: undefined, bis: undefined, ...next }), [onSearch])
  const select = useCallback(
    (first: number, last: number): void => {
      setPast((old) => [...old, span ? { zeitraum: span } : searchOf(from, to)])
      show(zoomed(first, last, seconds))
    },
    [from, to, span, seconds, show],
  )
  const before = past.at(-1)
  const back = (): void => {
    setPast((old) => old.slice(0, -1))
    if (before) show(before)
  }
  return { select, back: before && !span ? back : null }
}

function Figures({ meter, range, past, which }: { meter: Meter; range: Range; past: Range | null; which: 'main' | 'more' }) {
  const terms = useTerms()
  const short = range.to - range.from <= MOST_FIGURES
  const now = useFigures([meter.meter_id], range, terms, { enabled: short })
  const earlier = useFigures([meter.meter_id], past ?? range, terms, { enabled: short && past !== null })
  if (!short) return which === 'main' ? <p className="card px-4 py-3 text-sm text-muted">Kennzahlen gibt es für höchstens 400 Tage. Wählen Sie einen kürzeren Zeitraum.</p> : null
  const figures = now.data?.meter_id === meter.meter_id ? now.data.figures : undefined
  const before: EnergyFigure[] | null | undefined = past === null ? null : earlier.isPlaceholderData ? undefined : earlier.data?.figures
  return (
    <KpiRow
      label={which === 'main' ? 'Kennzahlen' : 'Weitere Kennzahlen'}
      kpis={which === 'main' ? MAIN : MORE}
      meter={meter}
      figures={figures}
      before={before}
      stale={now.isPlaceholderData}
      error={now.isError ? now.error : undefined}
      onRetry={() => void now.refetch()}
    />
  )
}
