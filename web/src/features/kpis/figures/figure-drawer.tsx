import type { ControlState, KpiDetail } from '@/api/types'
import { ChartCard, type Picture } from '@/chart'
import { parseDay } from '@/lib/berlin'
import { formatCount, formatDay } from '@/lib/format'
import { Badge } from '@/ui/badge'
import { Drawer } from '@/ui/dialog'
import { Empty, Fault, Skeleton } from '@/ui/states'
import { useFigure } from '../api'
import { FigureRules } from './figure-rules'
import { isShare, scaled, segmentName, sureText, TOO_FEW, valueText } from './figure-words'
import type { OnSearch, QualitySearch } from '../search'
import { useWatches } from '../use-watches'

const DAY = 86_400

/** One figure: its days with bounds, whether they drift, its parts, and what it means. */
export function FigureDrawer({ search, onSearch }: { search: QualitySearch; onSearch: OnSearch }) {
  const days = Math.max(search.tage ?? 30, 30)
  const found = useFigure(search.kennzahl, days, search.ausschnitt)
  const kpi = found.data
  return (
    <Drawer
      open={search.kennzahl !== undefined}
      onClose={() => onSearch({ kennzahl: undefined, ausschnitt: undefined })}
      title={kpi?.title ?? 'Kennzahl'}
      description={search.ausschnitt ? segmentName(search.ausschnitt) : 'Gesamt'}
      className="w-[min(720px,100vw)]"
    >
      {found.isError ? <Fault error={found.error} onRetry={() => void found.refetch()} /> : kpi ? <Body kpi={kpi} days={days} search={search} onSearch={onSearch} stale={found.isPlaceholderData} /> : <Skeleton className="h-80" />}
    </Drawer>
  )
}

function Body({ kpi, days, search, onSearch, stale }: { kpi: KpiDetail; days: number; search: QualitySearch; onSearch: OnSearch; stale: boolean }) {
  const warning = useWatches().watches.find((watch) => watch.kpi === kpi.name && watch.segment === (search.ausschnitt ?? '') && watch.method !== 'cusum' && kpi.kind !== 'count')?.warn
  return (
    <div className="grid gap-5">
      <ChartCard
        title={`${kpi.title} je Tag`}
        note={`${days} Tage, ${isShare(kpi) ? 'Prozent' : kpi.unit || 'Wert'}${kpi.kind === 'count' ? '' : '; Fläche: zu 95 % sicher'}`}
        label={`${kpi.title} der letzten ${days} Tage, zuletzt ${valueText(kpi, kpi.days.at(-1)?.value ?? null)}`}
        picture={pictureOf(kpi, days, warning)}
        filename={`nova-${kpi.name}`}
        stale={stale}
        empty={<Empty title="Kein Tag mit genug Fällen">Sobald genug gefragt wurde, entsteht hier ein Verlauf.</Empty>}
        chartClass="h-56"
      />
      <FigureRules kpi={kpi} onRules={() => onSearch({ teil: 'schwellen', kennzahl: undefined, ausschnitt: undefined })} />
      <dl className="grid gap-2 text-sm sm:grid-cols-[auto_1fr] sm:gap-x-4">
        <dt className="text-muted">{days} Tage</dt>
        <dd className="num">
          {valueText(kpi, kpi.value)}
          {sureText(kpi, kpi)}
        </dd>
        <dt className="text-muted">Bedeutung</dt>
        <dd>{kpi.meaning}</dd>
        <dt className="text-muted">Formel</dt>
        <dd>{kpi.formula}</dd>
        <dt className="text-muted">Trend</dt>
        <dd className="flex flex-wrap gap-1.5">
          <Control name="Gleitendes Mittel" state={kpi.ewma} better={kpi.better} />
          <Control name="Abdrift" state={kpi.cusum} better={kpi.better} />
        </dd>
      </dl>
      {kpi.segments.length > 0 ? <Segments kpi={kpi} chosen={search.ausschnitt} onChoose={(ausschnitt) => onSearch({ ausschnitt })} /> : null}
    </div>
  )
}

/** Whether the days drift away from what they were, in words. */
function Control({ name, state, better }: { name: string; state: ControlState; better: KpiDetail['better'] }) {
  if (!state.enough) return <Badge>{name}: zu wenige Tage</Badge>
  if (!state.out) return <Badge shade="ok">{name}: im Rahmen</Badge>
  const good = state.out === better
  return (
    <Badge shade={good ? 'brand' : 'bad'}>
      {name}: {state.out === 'up' ? 'steigt' : 'fällt'}
      {state.since ? ` seit ${formatDay(state.since)}` : ''}
    </Badge>
  )
}

function Segments({ kpi, chosen, onChoose }: { kpi: KpiDetail; chosen: string | undefined; onChoose: (segment: string | undefined) => void }) {
  return (
    <section aria-label="Ausschnitte" className="grid gap-2">
      <h3 className="text-sm font-semibold">Ausschnitte</h3>
      <ul className="card divide-y divide-line">
        {kpi.segments.map((one) => (
          <li key={one.segment}>
            <button
              type="button"
              aria-pressed={one.segment === chosen}
              onClick={() => onChoose(one.segment === chosen ? undefined : one.segment)}
              className="num flex w-full items-center justify-between gap-3 px-4 py-2 text-left text-sm hover:bg-sunken focus-visible:-outline-offset-2 aria-pressed:bg-brand-soft"
            >
              <span className="min-w-0 truncate">{segmentName(one.segment)}</span>
              <span className="shrink-0">
                {one.few ? TOO_FEW : valueText(kpi, one.value)} {one.few || kpi.kind === 'count' ? null : <span className="text-xs text-muted">n = {formatCount(one.n)}</span>}
              </span>
            </button>
          </li>
        ))}
      </ul>
    </section>
  )
}

/** The whole window is drawn, also where its days are not measured, and the value from which on there is a warning. */
export function pictureOf(kpi: KpiDetail, days: number, warning?: number): Picture {
  const ts = kpi.days.map(({ day }) => parseDay(day) ?? 0)
  const values = kpi.days.map(({ value }) => scaled(kpi, value))
  const bounded = kpi.kind !== 'count'
  const band = { min: kpi.days.map(({ low }) => scaled(kpi, low)), max: kpi.days.map(({ high }) => scaled(kpi, high)), name: '95-%-Bereich' }
  const end = (ts.at(-1) ?? 0) + DAY
  return {
    from: Math.min(ts[0] ?? 0, end - days * DAY),
    to: end,
    ...(warning === undefined ? {} : { limit: { value: scaled(kpi, warning) ?? warning, label: 'Warnung' } }),
    lines: [{ name: kpi.title, ink: 'consumption', ts, values, seconds: DAY, unit: kpi.unit, ...(bounded ? { band } : { bars: true }) }],
  }
}
