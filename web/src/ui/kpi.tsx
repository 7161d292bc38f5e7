import { CircleHelp } from 'lucide-react'
import type { ReactNode } from 'react'
import { cn } from '@/lib/cn'
import { NONE } from '@/lib/format'
import { IconButton } from './button'
import { Popover } from './popover'
import { Skeleton } from './states'

interface KpiProps {
  label: string
  value: ReactNode
  unit?: string
  note?: ReactNode
  /** What the number means and how it is reckoned. */
  help: ReactNode
  /** A gold edge, for what stands out. */
  mark?: boolean
  loading?: boolean
}

/** A number with its name, a line about it, and what it means behind a question mark; stands in a list of them. */
export function Kpi({ label, value, unit, note, help, mark = false, loading = false }: KpiProps) {
  return (
    <div className={cn('card relative grid min-w-0 content-start gap-0.5 py-3 pr-2 pl-4', mark && 'border-l-[3px] border-l-gold pl-3.5')}>
      <dt className="flex min-h-7 items-center justify-between gap-1 text-xs text-muted">
        <span className="min-w-0">{label}</span>
        <Popover
          title={label}
          trigger={
            <IconButton label={`Was heißt ${label}?`} className="size-7 shrink-0 text-muted">
              <CircleHelp aria-hidden />
            </IconButton>
          }
        >
          <div className="grid gap-2 text-sm text-muted">{help}</div>
        </Popover>
      </dt>
      {loading ? (
        <dd>
          <Skeleton className="my-1 h-6 w-24" />
        </dd>
      ) : (
        <dd className="num text-xl font-semibold tracking-[-0.01em]">
          {value} {unit && value !== NONE ? <span className="text-xs font-normal whitespace-nowrap text-muted">{unit}</span> : null}
        </dd>
      )}
      {note && !loading ? <dd className="num pr-2 text-xs text-muted">{note}</dd> : null}
    </div>
  )
}

export function KpiRow({ label, children, className }: { label: string; children: ReactNode; className?: string }) {
  return (
    <section aria-label={label}>
      <dl className={cn('grid grid-cols-2 gap-3 lg:grid-cols-4', className)}>{children}</dl>
    </section>
  )
}
