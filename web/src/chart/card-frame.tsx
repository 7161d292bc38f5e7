import { ChartLine, Download, FileSpreadsheet, Image, Table2 } from 'lucide-react'
import type { EChartsCoreOption } from 'echarts/core'
import { useId, useState, type ReactNode } from 'react'
import { clockOf, offsetAt } from '@/lib/berlin'
import { cn } from '@/lib/cn'
import { saveBytes, saveText } from '@/lib/save'
import { IconButton } from '@/ui/button'
import { Menu, MenuItem } from '@/ui/menu'
import { Fault, Skeleton } from '@/ui/states'
import { Chart, type Drawn } from './chart'
import type { Colors } from './colors'

/** What every card with a chart is told, whatever it draws. */
export interface CardProps {
  title: string
  /** One line below the title: period, resolution, unit. */
  note?: ReactNode
  /** What the picture says, in a sentence, for those who do not see it. */
  label: string
  /** Without an ending, for files. */
  filename: string
  error?: unknown
  onRetry?: () => void
  /** Shown where there is nothing to draw. */
  empty: ReactNode
  /** Fresh numbers are on their way; the old ones stay in sight. */
  stale?: boolean
  actions?: ReactNode
  className?: string
  chartClass?: string
  children?: ReactNode
}

interface FrameProps extends CardProps {
  found: 'loading' | 'empty' | 'full'
  build: (width: number, colors: Colors) => EChartsCoreOption
  onSelect?: ((from: number, to: number) => void) | undefined
  /** The same numbers. */
  table: ReactNode
  csv: () => string
  legend?: ReactNode
}

/** What every chart stands in: heading, picture or table, files of both, and what to see while there is nothing to draw. */
export function CardFrame({ title, note, label, found, error, onRetry, empty, stale, actions, className, chartClass, filename, build, onSelect, table, csv, legend, children }: FrameProps) {
  const heading = useId()
  const [asTable, setAsTable] = useState(false)
  const [drawn, setDrawn] = useState<Drawn | null>(null)
  const state = error ? 'failed' : found
  const full = state === 'full'
  return (
    <section aria-labelledby={heading} aria-busy={stale || undefined} className={cn('card grid min-w-0 grid-cols-1 content-start gap-3 p-4', className)}>
      <header className="flex flex-wrap items-start justify-between gap-x-4 gap-y-2">
        <div className="min-w-0 flex-1 basis-48">
          <h2 id={heading} className="text-sm font-semibold">
            {title}
          </h2>
          {note ? <p className="num text-xs text-muted">{note}</p> : null}
        </div>
        <div className="flex min-w-0 flex-wrap items-center gap-1">
          {actions}
          {full ? (
            <>
              <IconButton label={asTable ? 'Als Diagramm zeigen' : 'Als Tabelle zeigen'} size="icon-sm" onClick={() => setAsTable(!asTable)} className="text-muted">
                {asTable ? <ChartLine aria-hidden /> : <Table2 aria-hidden />}
              </IconButton>
              <SaveMenu csv={csv} png={drawn && !asTable ? drawn.png : null} filename={filename} />
            </>
          ) : null}
        </div>
      </header>
      {full ? legend : null}
      <div className={cn('min-w-0 transition-opacity', stale && 'opacity-60')}>
        {state === 'failed' ? <Fault error={error} {...(onRetry ? { onRetry } : {})} /> : null}
        {state === 'loading' ? <Skeleton className={cn('h-72', chartClass)} /> : null}
        {state === 'empty' ? empty : null}
        {full ? asTable ? table : <Chart label={label} build={build} onReady={setDrawn} onSelect={onSelect} {...(chartClass ? { className: chartClass } : {})} /> : null}
      </div>
      {children}
    </section>
  )
}

interface SaveProps {
  filename: string
  csv: () => string
  /** Null while there is no picture to save. */
  png: (() => string) | null
}

function SaveMenu({ csv, png, filename }: SaveProps) {
  return (
    <Menu
      trigger={
        <IconButton label="Herunterladen" size="icon-sm" className="text-muted">
          <Download aria-hidden />
        </IconButton>
      }
    >
      <MenuItem onSelect={() => saveText(`${filename}.csv`, csv(), 'text/csv')}>
        <FileSpreadsheet aria-hidden /> Werte als CSV
      </MenuItem>
      {png ? (
        <MenuItem onSelect={() => saveBytes(`${filename}.png`, png())}>
          <Image aria-hidden /> Bild als PNG
        </MenuItem>
      ) : null}
    </Menu>
  )
}

/** 2026-11-22T14:15+01:00, the clock of Berlin. */
export function timeText(at: number): string {
  return `${clockOf(at).toISOString().slice(0, 16)}+0${offsetAt(at) / 3600}:00`
}
