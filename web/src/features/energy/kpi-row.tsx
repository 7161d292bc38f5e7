import type { EnergyFigure, Meter } from '@/api/types'
import { Fault } from '@/ui/states'
import { figureOf, type Kpi } from './kpi'
import { KpiCard } from './kpi-card'

interface RowProps {
  label: string
  kpis: Kpi[]
  meter: Meter
  figures: EnergyFigure[] | undefined
  /** Null where nothing is compared. */
  before: EnergyFigure[] | undefined | null
  stale: boolean
  error: unknown
  onRetry: () => void
}

export function KpiRow({ label, kpis, meter, figures, before, stale, error, onRetry }: RowProps) {
  if (error) {
    return (
      <section className="card" aria-label={label}>
        <Fault error={error} onRetry={onRetry} />
      </section>
    )
  }
  return (
    <dl aria-label={label} className={`grid grid-cols-1 gap-3 transition-opacity min-[360px]:grid-cols-2 lg:grid-cols-4 ${stale ? 'opacity-60' : ''}`}>
      {kpis.map((kpi) => (
        <KpiCard
          key={kpi.name}
          kpi={kpi}
          meter={meter}
          figure={figureOf(figures, kpi.name)}
          figures={figures}
          past={before ? { figure: figureOf(before, kpi.name) } : undefined}
          stale={stale}
        />
      ))}
    </dl>
  )
}
