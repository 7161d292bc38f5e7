import { CircleCheck, TriangleAlert } from 'lucide-react'
import type { MeterSeries } from '@/api/types'
import { formatAt, plural } from '@/lib/format'
import { Button } from '@/ui/button'
import { lengthText, qualityOf, type Gap, type Known } from './quality'

const SHOWN = 4

interface QualityProps {
  series: MeterSeries
  range: { from: number; to: number }
  known: Known
  gaps: Gap[]
  onZoom: (from: number, to: number) => void
}

/** How much of the range is known, in words; gaps lead to their place in the chart. */
export function QualityCard({ series, range, known, gaps, onZoom }: QualityProps) {
  const told = qualityOf(series, range, known)
  const good = told.missing === 0 && told.substitutes === 0
  const hidden = series.resolution > known.seconds && told.missing * known.seconds - gaps.reduce((sum, gap) => sum + gap.to - gap.from, 0) >= known.seconds
  const longest = [...gaps].toSorted((a, b) => b.to - b.from - (a.to - a.from)).slice(0, SHOWN)
  const late = known.first !== null && known.first > range.from + known.seconds
  return (
    <section className="card grid content-start gap-2 px-4 py-3" aria-label="Datenqualität">
      <h2 className="flex items-center gap-2 text-sm font-semibold">
        {good ? <CircleCheck className="size-4 text-ok" aria-hidden /> : <TriangleAlert className="size-4 text-warn" aria-hidden />} Datenqualität
      </h2>
      <p className="num text-sm">{told.text}</p>
      {late && known.first !== null ? <p className="num text-xs text-muted">Die Messreihe beginnt am {formatAt(known.first)}.</p> : null}
      {gaps.length > 0 ? (
        <div className="flex flex-wrap items-center gap-2">
          <span className="num text-xs text-muted">{gaps.length > SHOWN ? `${plural(gaps.length, 'Lücke', 'Lücken')}, die längsten:` : plural(gaps.length, 'Lücke:', 'Lücken:')}</span>
          {longest.map((gap) => (
            <Button key={gap.from} size="sm" onClick={() => onZoom(gap.from - (gap.to - gap.from), gap.to + (gap.to - gap.from))}>
              <span className="num">
                {formatAt(gap.from)}, {lengthText(gap.to - gap.from)}
              </span>
            </Button>
          ))}
        </div>
      ) : null}
      {hidden ? <p className="text-xs text-muted">{gaps.length > 0 ? 'Weitere Lücken sind' : 'Die Lücken sind'} kürzer als die Auflösung des Diagramms. Ein kürzerer Zeitraum zeigt sie.</p> : null}
    </section>
  )
}
