import { CircleHelp } from 'lucide-react'
import type { EnergyFigure, Meter } from '@/api/types'
import { formatCount, formatShare } from '@/lib/format'
import { TermsPopover } from '@/series'
import { Button, IconButton } from '@/ui/button'
import { Popover } from '@/ui/popover'
import { Skeleton } from '@/ui/states'
import { change, noteOf, said, saving, type Kpi } from './kpi'

interface CardProps {
  kpi: Kpi
  figure: EnergyFigure | undefined
  /** All of the range, for what two of them say together. */
  figures: EnergyFigure[] | undefined
  /** Undefined where nothing is compared. */
  past?: { figure: EnergyFigure | undefined } | undefined
  meter: Meter
  stale: boolean
}

/** What a missing price or factor needs is entered there. */
const PAID = new Set(['cost', 'cost_fixed', 'cost_spot', 'co2'])

export function KpiCard({ kpi, figure, figures, past, meter, stale }: CardProps) {
  return (
    <div className="card relative grid content-start gap-0.5 px-4 py-3" aria-busy={stale || undefined}>
      <dt className="pr-7 text-xs text-muted">{kpi.label}</dt>
      <Help kpi={kpi} figure={figure} />
      {figure ? <Body kpi={kpi} figure={figure} figures={figures} past={past} meter={meter} /> : <dd><Skeleton className="my-1 h-7 w-28" /></dd>}
    </div>
  )
}

function Body({ kpi, figure, figures, past, meter }: Omit<CardProps, 'stale' | 'figure'> & { figure: EnergyFigure }) {
  const { value, unit } = said(figure)
  const note = kpi.name === 'cost_spot' && figure.value !== null ? saving(figures) || noteOf(figure) : noteOf(figure)
  const changed = past ? change(figure, past.figure) : ''
  const short = /^[+−±]/.test(changed)
  return (
    <>
      <dd className="num text-2xl font-semibold tracking-[-0.01em]">
        {value} {unit ? <span className="text-sm font-normal text-muted">{unit}</span> : null}
      </dd>
      {note ? <dd className="num text-xs text-muted">{note}</dd> : null}
      {changed ? (
        <dd className="num text-xs">
          {short ? (
            <>
              <span className="font-medium">{changed}</span> <span className="text-muted">davor {Object.values(said(past?.figure)).join(' ')}</span>
            </>
          ) : (
            <span className="text-muted">{changed}</span>
          )}
        </dd>
      ) : null}
      {figure.value === null && PAID.has(kpi.name) && /angegeben/.test(figure.reason) ? (
        <dd>
          <TermsPopover meter={meter} trigger={<Button look="link" size="sm">Angeben</Button>} />
        </dd>
      ) : null}
    </>
  )
}

function Help({ kpi, figure }: { kpi: Kpi; figure: EnergyFigure | undefined }) {
  return (
    <dd className="absolute top-1.5 right-1.5">
      <Popover
        title={kpi.label}
        trigger={
          <IconButton label={`Was bedeutet ${kpi.label}?`} size="icon-sm" className="text-muted">
            <CircleHelp aria-hidden />
          </IconButton>
        }
      >
        <p className="text-sm">{kpi.reading}</p>
        <p className="rounded-control bg-sunken px-3 py-2 text-xs">{kpi.formula}</p>
        {figure ? (
          <p className="num text-xs text-muted">
            {figure.value === null ? figure.reason : `Gerechnet wird: ${figure.meaning}, ${figure.basis}.`} Bekannt sind {formatShare(figure.covered)} des Zeitraums, {formatCount(figure.rows)} Intervalle.
          </p>
        ) : null}
      </Popover>
    </dd>
  )
}
