import { ChartLine, Download, FileSpreadsheet, Image, Table2 } from 'lucide-react'
import { useCallback, useId, useMemo, useState, type ReactNode } from 'react'
import { clockOf, offsetAt } from '@/lib/berlin'
import { cn } from '@/lib/cn'
import { saveBytes, saveText } from '@/lib/save'
import { IconButton } from '@/ui/button'
import { Menu, MenuItem } from '@/ui/menu'
import { Fault, Skeleton } from '@/ui/states'
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
  const heading = useId()
  const [asTable, setAsTable] = useState(false)
  const [drawn, setDrawn] = useState<Drawn | null>(null)
  const [hidden, setHidden] = useState<ReadonlySet<string>>(new Set())
  const shown = useMemo(() => (picture ? { ...picture, lines: picture.lines.filter((line) => !hidden.has(line.name)) } : undefined), [picture, hidden])
  const build = useCallback((width: number, colors: Colors) => optionOf(shown ?? { lines: [], from: 0, to: 1 }, { width, colors }), [shown])
  const flip = (name: string): void => setHidden((old) => (old.has(name) ? new Set([...old].filter((one) => one !== name)) : new Set([...old, name])))
  const full = picture !== undefined && !isEmpty(picture)
  return (
    <section aria-labelledby={heading} aria-busy={stale || undefined} className={cn('card grid min-w-0 grid-cols-1 content-start gap-3 p-4', className)}>
      <header className="flex flex-wrap items-start justify-between gap-x-4 gap-y-2">
        <div className="min-w-0">
          <h2 id={heading} className="text-sm font-semibold">
            {title}
          </h2>
          {note ? <p className="num text-xs text-muted">{note}</p> : null}
        </div>
        <div className="flex items-center gap-1">
          {actions}
          {full ? (
            <>
              <IconButton label={asTable ? 'Als Diagramm zeigen' : 'Als Tabelle zeigen'} size="icon-sm" onClick={() => setAsTable(!asTable)} className="text-muted">
                {asTable ? <ChartLine aria-hidden /> : <Table2 aria-hidden />}
              </IconButton>
              <SaveMenu picture={picture} drawn={asTable ? null : drawn} filename={filename} />
            </>
          ) : null}
        </div>
      </header>
      {full && picture.lines.length > 1 ? <Legend lines={picture.lines} hidden={hidden} onFlip={flip} /> : null}
      <div className={cn('min-w-0 transition-opacity', stale && 'opacity-60')}>
        {error ? (
          <Fault error={error} {...(onRetry ? { onRetry } : {})} />
        ) : !picture || !shown ? (
          <Skeleton className={cn('h-72', chartClass)} />
        ) : !full ? (
          empty
        ) : asTable ? (
          <DataTable table={tableOf(shown)} label={title} />
        ) : (
          <Chart label={label} build={build} onReady={setDrawn} onSelect={onSelect} {...(chartClass ? { className: chartClass } : {})} />
        )}
      </div>
      {children}
    </section>
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

function SaveMenu({ picture, drawn, filename }: { picture: Picture; drawn: Drawn | null; filename: string }) {
  return (
    <Menu
      trigger={
        <IconButton label="Herunterladen" size="icon-sm" className="text-muted">
          <Download aria-hidden />
        </IconButton>
      }
    >
      <MenuItem onSelect={() => saveText(`${filename}.csv`, csvOf(tableOf(picture), timeText), 'text/csv')}>
        <FileSpreadsheet aria-hidden /> Werte als CSV
      </MenuItem>
      {drawn ? (
        <MenuItem onSelect={() => saveBytes(`${filename}.png`, drawn.png())}>
          <Image aria-hidden /> Bild als PNG
        </MenuItem>
      ) : null}
    </Menu>
  )
}

/** 2026-11-22T14:15+01:00, the clock of Berlin. */
function timeText(at: number): string {
  return `${clockOf(at).toISOString().slice(0, 16)}+0${offsetAt(at) / 3600}:00`
}
