import type { KpiData } from '@/api/types'
import { formatCount, plural } from '@/lib/format'
import { Badge } from '@/ui/badge'
import { watchState } from '../alerts/alert-words'
import { boundsText, changeOf, figureText, segmentName, TOO_FEW, unitOf, valueText } from './figure-words'
import { capital, limitsText, marginText, spanText, type Watch } from '../alerts/margin'
import { MarginBar } from '../alerts/margin-bar'

interface Props {
  kpi: KpiData
  /** The rules on this figure, the most urgent first. */
  watches: Watch[]
  /** How many days the figure is of. */
  days: number
  onOpen: () => void
}

/** A figure with the threshold that is nearest to it, how sure it is, and what it was before. */
export function FigureCard({ kpi, watches, days, onOpen }: Props) {
  const change = changeOf(kpi)
  const bounds = boundsText(kpi, kpi)
  const [first] = watches
  const state = first ? watchState(first.state) : null
  return (
    <button type="button" onClick={onOpen} title={kpi.meaning} className="card grid min-w-0 content-start gap-1 px-4 py-3 text-left hover:border-brand">
      <span className="flex min-h-5 items-start justify-between gap-2 text-xs text-muted">
        <span className="min-w-0">{kpi.title}</span>{' '}
        {state ? (
          <Badge shade={state.shade} className="h-5 text-2xs">
            {state.label}
          </Badge>
        ) : null}
      </span>
      <span className="num text-xl font-semibold tracking-[-0.01em]">
        {figureText(kpi, kpi.value)} {kpi.value === null ? null : <span className="text-xs font-normal text-muted">{unitOf(kpi, kpi.value)}</span>}
      </span>
      <span className="num text-2xs text-muted">
        {kpi.few ? TOO_FEW : kpi.value === null ? 'zu wenig, um etwas zu sagen' : bounds}
        {kpi.few || kpi.kind === 'count' ? '' : ` · n\u00a0=\u00a0${formatCount(kpi.n)}`}
      </span>
      {change ? (
        <span className="flex flex-wrap items-center gap-x-1.5 gap-y-0.5 pt-0.5 text-2xs text-muted">
          <Badge shade={change.shade} className="h-5 text-2xs">
            {change.text}
          </Badge>{' '}
          ggü. vorher
        </span>
      ) : null}
      {first ? <Nearest watch={first} kpi={kpi} days={days} more={watches.length - 1} /> : null}
    </button>
  )
}

/** What the rule found last (where that is another time than the figure's), how far that is from its thresholds, and these. */
function Nearest({ watch, kpi, days, more }: { watch: Watch; kpi: KpiData; days: number; more: number }) {
  const same = watch.method === 'threshold' && watch.window === `${days}d` && watch.segment === ''
  const value = watch.state === null || watch.state === 'no_data' || watch.method === 'cusum' ? '' : `: ${valueText(kpi, watch.value)}`
  return (
    <span className="num mt-1 grid gap-1 border-t border-line pt-2 text-2xs text-muted">
      {same ? null : (
        <span>
          {spanText(watch)}
          {watch.segment ? `, ${segmentName(watch.segment)}` : ''}
          {value}
        </span>
      )}{' '}
      <MarginBar of={watch} className="my-0.5" />
      <span className="text-xs text-ink">{capital(marginText(watch, kpi))}</span>{' '}
      <span>
        {limitsText(watch, kpi)}
        {more > 0 ? ` und ${plural(more, 'weitere Schwelle', 'weitere Schwellen')}` : ''}
      </span>
    </span>
  )
}
