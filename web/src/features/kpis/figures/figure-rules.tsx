import type { KpiData } from '@/api/types'
import { Badge, Tag } from '@/ui/badge'
import { Button } from '@/ui/button'
import { Section } from '@/ui/page'
import { watchState } from '../alerts/alert-words'
import { segmentName } from './figure-words'
import { endText, foundText, limitsText, marginText, nearestFirst, spanText, type Watch } from '../alerts/margin'
import { MarginBar } from '../alerts/margin-bar'
import { useWatches } from '../use-watches'

/** Every rule on a figure: how far it is from firing, what it is held against, and when it ends. */
export function FigureRules({ kpi, onRules }: { kpi: KpiData; onRules: () => void }) {
  const watches = useWatches().watches.filter((watch) => watch.kpi === kpi.name).toSorted(nearestFirst)
  return (
    <Section
      title="Schwellen"
      aside={
        <Button look="link" size="sm" onClick={onRules}>
          Schwellen ansehen
        </Button>
      }
    >
      {watches.length === 0 ? (
        <p className="text-sm text-muted">Für diese Kennzahl gilt keine Schwelle.</p>
      ) : (
        <ul className="card divide-y divide-line">
          {watches.map((watch) => (
            <li key={watch.rule} className="grid gap-2 px-4 py-3">
              <RuleMargin watch={watch} kpi={kpi} />
            </li>
          ))}
        </ul>
      )}
      {watches.some(({ method }) => method === 'cusum') ? <p className="text-xs text-muted">σ ist die übliche Schwankung der Tage zuvor: Die Abdrift zählt, um wie viele davon sich die Kennzahl vom Üblichen entfernt hat.</p> : null}
    </Section>
  )
}

function RuleMargin({ watch, kpi }: { watch: Watch; kpi: KpiData }) {
  const state = watchState(watch.state)
  return (
    <>
      <p className="num flex flex-wrap items-center gap-2 text-sm">
        <Badge shade={state.shade}>{state.label}</Badge>
        <span className="font-medium">{marginText(watch, kpi)}</span>
        {watch.segment ? <Tag>{segmentName(watch.segment)}</Tag> : null}
      </p>
      <MarginBar of={watch} />
      <p className="num text-xs text-muted">
        {limitsText(watch, kpi)}; {endText(watch, kpi)}.
      </p>
      {watch.value === null ? null : (
        <p className="num text-xs text-muted">
          {spanText(watch)}: {foundText(watch, kpi)}
        </p>
      )}
    </>
  )
}
