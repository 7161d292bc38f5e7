import type { TrainPoint } from '@/api/types'
import { cn } from '@/lib/cn'
import { formatCount, NONE } from '@/lib/format'
import { axisTop, remaining, thinned, trace } from './trace'
import { Figures } from './lines'
import { figure, lasting } from './words'

const LINES = [
  { key: 'loss', name: 'beim Lernen', stroke: 'stroke-brand', edge: 'border-brand', dash: undefined },
  { key: 'held_loss', name: 'an zurückgehaltenen Datensätzen', stroke: 'stroke-price', edge: 'border-price', dash: '6 4' },
] as const

const EVERY = 60

/** How far a model's answers are from the good ones, step by step, as a picture and as a table. */
export function Curve({ points, steps, live }: { points: TrainPoint[]; steps: number; live: boolean }) {
  if (points.length === 0) return <p className="card p-4 text-sm text-muted">{live ? 'Die ersten Messpunkte kommen, sobald der Lauf lernt.' : 'Der Lauf hat keine Messpunkte.'}</p>
  const to = Math.max(steps, points.at(-1)?.step ?? 1, 1)
  const drawn = LINES.filter(({ key }) => points.some((point) => point[key] !== null))
  const top = axisTop(points)
  const left = live ? remaining(points, steps) : null
  return (
    <div className="grid gap-3">
      <figure className="card grid min-w-0 gap-3 p-4">
        <figcaption className="grid gap-2">
          <p className="text-sm text-muted">Abweichung der Antworten des Modells von den guten Antworten: je kleiner, desto besser.{drawn.length > 1 ? ' Steigt die gestrichelte Linie wieder, lernt es nur noch auswendig.' : ''}</p>
          <ul className="flex flex-wrap gap-x-4 gap-y-1 text-xs">
            {drawn.map(({ name, edge, dash }) => (
              <li key={name} className="inline-flex items-center gap-2">
                <span aria-hidden className={cn('w-5 border-t-2', edge, dash && 'border-dashed')} /> {name}
              </li>
            ))}
          </ul>
        </figcaption>
        <div className="num grid grid-cols-[auto_1fr] gap-x-2 text-2xs text-muted">
          <div aria-hidden className="flex h-56 flex-col justify-between text-right">
            {[top, top / 2, 0].map((value) => (
              <span key={value}>{figure(value)}</span>
            ))}
          </div>
          <svg viewBox="0 0 100 100" preserveAspectRatio="none" role="img" aria-label={said(points)} className="h-56 w-full overflow-visible">
            {[0, 50, 100].map((y) => (
              <line key={y} x1={0} x2={100} y1={y} y2={y} vectorEffect="non-scaling-stroke" className="stroke-line" />
            ))}
            {drawn.map(({ key, stroke, dash }) => (
              <g key={key} fill="none" strokeLinecap="round" strokeLinejoin="round" className={stroke}>
                <path d={trace(points, key, to, top)} vectorEffect="non-scaling-stroke" strokeWidth={2} strokeDasharray={dash} />
                {dash || points.filter((point) => point[key] !== null).length === 1 ? <path d={dots(points, key, to, top)} vectorEffect="non-scaling-stroke" strokeWidth={6} /> : null}
              </g>
            ))}
          </svg>
          <div aria-hidden className="col-start-2 flex justify-between pt-1">
            <span>Schritt 0</span>
            <span>{formatCount(to)}</span>
          </div>
        </div>
        {left === null ? null : <p className="num text-xs text-muted">Noch etwa {lasting(left)}.</p>}
      </figure>
      <details className="text-sm">
        <summary className="w-fit">Als Tabelle</summary>
        <div className="pt-3">
          <Figures label="Abweichung je Schritt" heads={['Schritt', 'beim Lernen', 'zurückgehalten']}>
            {thinned(points, EVERY).map((point) => (
              <tr key={point.step}>
                <td className="px-3 py-1.5">{formatCount(point.step)}</td>
                <td className="px-3 py-1.5">{figure(point.loss)}</td>
                <td className="px-3 py-1.5">{figure(point.held_loss)}</td>
              </tr>
            ))}
          </Figures>
        </div>
      </details>
    </div>
  )
}

/** A point that is not stretched with the picture: a line of no length with a round end. */
function dots(points: TrainPoint[], key: 'loss' | 'held_loss', to: number, top: number): string {
  return trace(points, key, to, top).replaceAll('L', 'M').replaceAll(/ (?=M)|$/g, 'h0 ').trim()
}

/** What the picture says, for those who do not see it. */
function said(points: TrainPoint[]): string {
  const ends = LINES.map(({ key, name }) => {
    const known = points.map((point) => point[key]).filter((value) => value !== null)
    return known.length === 0 ? `${name} ${NONE}` : `${name} von ${figure(known[0] ?? null)} auf ${figure(known.at(-1) ?? null)}`
  })
  return `Abweichung bis Schritt ${formatCount(points.at(-1)?.step)}: ${ends.join(', ')}`
}
