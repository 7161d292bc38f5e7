import { useId, useState } from 'react'
import { formatCount } from '@/lib/format'
import { Section } from '@/ui/page'
import { Segmented } from '@/ui/segmented'
import { heldReasons, highest, MEASURES, thresholdOf, whatIf, type Measure, type Threshold } from './counts'
import { DataTable } from './data-table'

/** How good the records are, by tens of points, with the threshold as a handle that says what another one would mean. */
export function ThresholdCard({ counts, policy }: { counts: Record<string, unknown>; policy: string }) {
  const [measure, setMeasure] = useState<Measure>('quality')
  const there = MEASURES.filter(({ value }) => thresholdOf(counts, value) !== null)
  const threshold = thresholdOf(counts, measure)
  if (!threshold || there.length === 0) return null
  const held = heldReasons(counts)
  return (
    <Section title="Güte der Datensätze">
      <div className="card grid gap-4 p-4">
        <Segmented label="Maß" value={measure} onChange={setMeasure} options={there} className="max-w-full flex-wrap" />
        <Handle key={measure} threshold={threshold} label={MEASURES.find(({ value }) => value === measure)?.label ?? ''} />
        <p className="max-w-prose text-xs text-muted">
          Nur eine Vorschau: Die Schwelle selbst steht im Regelwerk „{policy}“ (<code>policies.yaml</code>). Gezählt wird jedes Maß für sich.
        </p>
        {held.length > 0 ? <p className="num text-xs text-muted">In diesem Lauf zurückgehalten: {held.map(([reason, n]) => `${reason} (${formatCount(n)})`).join(', ')}. Ein Datensatz kann mehrere Gründe haben.</p> : null}
      </div>
    </Section>
  )
}

const THUMB = 20

function Handle({ threshold, label }: { threshold: Threshold; label: string }) {
  const id = useId()
  const { now, histogram } = threshold
  const [then, setThen] = useState(now)
  const top = Math.max(highest(threshold), now)
  const text = whatIf(threshold, then)
  return (
    <div className="grid gap-2">
      <p className="flex flex-wrap items-baseline justify-between gap-x-3 text-sm">
        <label htmlFor={id} className="font-medium">
          Schwelle für {label}: <span className="num">{then}</span>
        </label>
        {then !== now ? (
          <button type="button" onClick={() => setThen(now)} className="rounded text-xs text-brand underline decoration-brand/40 underline-offset-3 hover:decoration-brand">
            Zurück auf {now}
          </button>
        ) : null}
      </p>
      <div className="px-2.5">
        <Bars histogram={histogram} then={then} />
        <input
          id={id}
          type="range"
          min={0}
          max={top}
          step={1}
          value={then}
          aria-valuetext={text}
          onChange={(event) => setThen(Number(event.target.value))}
          className="handle block"
          style={{ marginLeft: -THUMB / 2, width: `calc(${top}% + ${THUMB}px)` }}
        />
        <div aria-hidden className="num flex justify-between text-2xs text-muted [&>*]:w-0 [&>*]:text-center">
          {[0, 20, 40, 60, 80, 100].map((tick) => (
            <span key={tick} className="flex justify-center">
              {tick}
            </span>
          ))}
        </div>
      </div>
      <p role="status" className="num min-h-10 text-sm font-medium sm:min-h-6">
        {text}
      </p>
      <details className="text-sm">
        <summary className="w-fit text-xs text-muted">Als Tabelle</summary>
        <div className="pt-2">
          <DataTable label={`${label} nach Punkten`} heads={['Punkte', 'Datensätze']} rows={histogram.map((n, ten) => [`${ten * 10} bis ${ten * 10 + 10}`, formatCount(n)])} />
        </div>
      </details>
    </div>
  )
}

/** A bar's colours where the threshold lies so many points behind its beginning. */
function halves(points: number): string {
  const share = Math.min(100, Math.max(0, points * 10))
  return `linear-gradient(to right, var(--edge) ${share}%, var(--brand) ${share}%)`
}

/** The bars; what lies below the threshold is drawn as held back. */
function Bars({ histogram, then }: { histogram: number[]; then: number }) {
  const most = Math.max(1, ...histogram)
  return (
    <div aria-hidden className="relative flex h-36 items-end">
      {histogram.map((n, ten) => (
        <div key={ten} className="grid h-full flex-1 content-end justify-items-center gap-0.5 px-px">
          <span className="num relative z-10 hidden rounded-sm bg-panel px-0.5 text-2xs text-muted sm:block">{formatCount(n)}</span>
          <span className="w-full rounded-t-sm" style={{ background: halves(then - ten * 10), height: n === 0 ? 1 : `max(3px, ${(n / most) * 110}px)` }} />
        </div>
      ))}
      <span className="absolute inset-y-0 w-0.5 -translate-x-1/2 bg-ink" style={{ left: `${then}%` }} />
    </div>
  )
}
