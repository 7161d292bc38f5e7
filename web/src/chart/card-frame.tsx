import { ChartLine, Download, FileSpreadsheet, Image, Table2 } from 'lucide-react'
import { useId, type ReactNode } from 'react'
import { clockOf, offsetAt } from '@/lib/berlin'
import { cn } from '@/lib/cn'
import { saveBytes, saveText } from '@/lib/save'
import { IconButton } from '@/ui/button'
import { Menu, MenuItem } from '@/ui/menu'
import { Fault, Skeleton } from '@/ui/states'

interface FrameProps {
  title: string
  note?: ReactNode
  state: 'loading' | 'failed' | 'empty' | 'full'
  error?: unknown
  onRetry?: (() => void) | undefined
  empty: ReactNode
  stale?: boolean | undefined
  actions?: ReactNode
  className?: string | undefined
  bodyClass?: string | undefined
  asTable: boolean
  onTable: (asTable: boolean) => void
  /** Without an ending. */
  filename: string
  csv: () => string
  /** Null while there is no picture to save. */
  png: (() => string) | null
  legend?: ReactNode
  foot?: ReactNode
  /** The picture, or its table. */
  children: ReactNode
}

/** What every chart stands in: heading, picture or table, files of both, and what to see while there is nothing to draw. */
export function CardFrame({ title, note, state, error, onRetry, empty, stale, actions, className, bodyClass, asTable, onTable, filename, csv, png, legend, foot, children }: FrameProps) {
  const heading = useId()
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
              <IconButton label={asTable ? 'Als Diagramm zeigen' : 'Als Tabelle zeigen'} size="icon-sm" onClick={() => onTable(!asTable)} className="text-muted">
                {asTable ? <ChartLine aria-hidden /> : <Table2 aria-hidden />}
              </IconButton>
              <SaveMenu csv={csv} png={png} filename={filename} />
            </>
          ) : null}
        </div>
      </header>
      {full ? legend : null}
      <div className={cn('min-w-0 transition-opacity', stale && 'opacity-60')}>
        {state === 'failed' ? <Fault error={error} {...(onRetry ? { onRetry } : {})} /> : state === 'loading' ? <Skeleton className={cn('h-72', bodyClass)} /> : full ? children : empty}
      </div>
      {foot}
    </section>
  )
}

function SaveMenu({ csv, png, filename }: Pick<FrameProps, 'csv' | 'png' | 'filename'>) {
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
