import { useCallback, useMemo, useState, type ReactNode } from 'react'
import { cn } from '@/lib/cn'
import { CardFrame, timeText } from './card-frame'
import { Chart, type Drawn } from './chart'
import type { Colors } from './colors'
import { DataTable } from './data-table'
import { optionOf } from './options'
import { csvOf, isEmpty, tableOf, type Ink, type Line, type Picture } from './picture'

interface CardProps {
  title: string
  /** One line below the title: period, resolution, unit. */
  note?: ReactNode
  /** What the picture says, in a sentence, for those who do not see it. */
  label: string
  picture: Picture | undefined
  /** Without an ending, for files. */
  filename: string
  error?: unknown
  onRetry?: () => void
  /** Shown where there is nothing to draw. */
  empty: ReactNode
  /** Fresh numbers are on their way; the old ones stay in sight. */
  stale?: boolean
  actions?: ReactNode
  onSelect?: (from: number, to: number) => void
  className?: string
  chartClass?: string
  children?: ReactNode
}

/** A picture with its legend, the same numbers as a table, and both as a file. */
export function ChartCard({ title, note, label, picture, filename, error, onRetry, empty, stale, actions, onSelect, className, chartClass, children }: CardProps) {
  const [asTable, setAsTable] = useState(false)
  const [drawn, setDrawn] = useState<Drawn | null>(null)
  const [hidden, setHidden] = useState<ReadonlySet<string>>(new Set())
  const shown = useMemo(() => (picture ? { ...picture, lines: picture.lines.filter((line) => !hidden.has(line.name)) } : undefined), [picture, hidden])
  const build = useCallback((width: number, colors: Colors) => optionOf(shown ?? { lines: [], from: 0, to: 1 }, { width, colors }), [shown])
  const flip = (name: string): void => setHidden((old) => (old.has(name) ? new Set([...old].filter((one) => one !== name)) : new Set([...old, name])))
  return (
    <CardFrame
      title={title}
      note={note}
      state={error ? 'failed' : !picture || !shown ? 'loading' : isEmpty(picture) ? 'empty' : 'full'}
      error={error}
      onRetry={onRetry}
      empty={empty}
      stale={stale}
      actions={actions}
      className={className}
      bodyClass={chartClass}
      asTable={asTable}
      onTable={setAsTable}
      filename={filename}
      csv={() => (picture ? csvOf(tableOf(picture), timeText) : '')}
      png={drawn && !asTable ? drawn.png : null}
      legend={picture && picture.lines.length > 1 ? <Legend lines={picture.lines} hidden={hidden} onFlip={flip} /> : null}
      foot={children}
    >
      {asTable && shown ? <DataTable table={tableOf(shown)} label={title} /> : <Chart label={label} build={build} onReady={setDrawn} onSelect={onSelect} {...(chartClass ? { className: chartClass } : {})} />}
    </CardFrame>
  )
}

const INKS: Record<Ink, string> = { consumption: 'bg-brand', production: 'bg-gold', price: 'bg-price', negative: 'bg-negative', muted: 'bg-muted', good: 'bg-ok', bad: 'bg-bad' }
const EDGES: Record<Ink, string> = { consumption: 'border-brand', production: 'border-gold', price: 'border-price', negative: 'border-negative', muted: 'border-muted', good: 'border-ok', bad: 'border-bad' }

function Legend({ lines, hidden, onFlip }: { lines: Line[]; hidden: ReadonlySet<string>; onFlip: (name: string) => void }) {
  return (
    <div role="group" aria-label="Legende" className="flex flex-wrap gap-x-1 gap-y-1">
      {lines.map((line) => (
        <button
          key={line.name}
          type="button"
          aria-pressed={!hidden.has(line.name)}
          onClick={() => onFlip(line.name)}
          className="inline-flex min-h-7 items-center gap-2 rounded-md px-2 text-left text-xs hover:bg-sunken aria-[pressed=false]:text-muted aria-[pressed=false]:line-through"
        >
          {line.dashed ? <span className={cn('w-4 border-t-2 border-dashed', EDGES[line.ink])} aria-hidden /> : <span className={cn('h-1 w-4 rounded-full', INKS[line.ink])} aria-hidden />}
          {line.name}
        </button>
      ))}
    </div>
  )
}
