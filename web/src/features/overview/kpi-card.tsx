import { Link } from '@tanstack/react-router'
import { CircleHelp, Minus, TrendingDown, TrendingUp } from 'lucide-react'
import type { ReactNode } from 'react'
import { IconButton } from '@/ui/button'
import { Popover } from '@/ui/popover'
import { Skeleton } from '@/ui/states'
import type { Action } from './morning'

export interface Kpi {
  label: string
  /** Undefined while it loads. */
  value: string | undefined
  unit: string
  note: ReactNode
  help: { meaning: ReactNode; formula: string }
  link: Pick<Action, 'to' | 'search'>
  /** What the link leads to, read out after the value. */
  leads: string
}

/** A number with what it is compared with; all of it leads to its chart, the question mark says how it is found. */
export function KpiCard({ label, value, unit, note, help, link, leads }: Kpi) {
  return (
    <div className="card relative grid min-w-0 grid-cols-1 content-start gap-0.5 p-3 transition-colors focus-within:border-brand hover:border-brand sm:p-4">
      <div className="flex min-h-7 items-start justify-between gap-1">
        <h3 className="pt-0.5 text-xs text-muted">{label}</h3>
        <Popover
          title={label}
          trigger={
            <IconButton label={`Was bedeutet: ${label}?`} size="icon-sm" className="relative z-10 -mt-1.5 -mr-2 text-muted">
              <CircleHelp aria-hidden />
            </IconButton>
          }
        >
          <div className="grid gap-2 text-xs">
            <p>{help.meaning}</p>
            <p className="num rounded-control bg-sunken px-2.5 py-1.5 text-muted">{help.formula}</p>
          </div>
        </Popover>
      </div>
      {value === undefined ? (
        <div role="status" aria-label={`${label} wird geladen`} className="grid gap-2 pt-1">
          <Skeleton className="h-7 w-24" />
          <Skeleton className="h-3.5 w-32 max-w-full" />
        </div>
      ) : (
        <>
          <Link to={link.to} search={link.search} className="num w-fit text-xl font-semibold tracking-[-0.01em] outline-none after:absolute after:inset-0 after:rounded-card focus-visible:after:outline-2 focus-visible:after:outline-offset-2 focus-visible:after:outline-brand sm:text-2xl">
            {value} {unit ? <span className="text-sm font-normal text-muted">{unit}</span> : null}
            <span className="sr-only">, {leads}</span>
          </Link>
          <div className="num text-xs text-muted">{note}</div>
        </>
      )}
    </div>
  )
}

/** How far a value lies from what was to be expected, as the API says it; more is neither good nor bad by itself. */
export function Change({ share, text }: { share: number | null; text: string }) {
  if (share === null) return <span>noch keine Erwartung</span>
  const none = /^-?0 %$/.test(text)
  const Sign = none ? Minus : share > 0 ? TrendingUp : TrendingDown
  return (
    <span className="inline-flex items-start gap-1">
      <Sign className="mt-0.5 size-3.5 shrink-0" aria-hidden />
      <span>{none ? 'so viel wie erwartet' : `${text.replace('-', '')} ${share > 0 ? 'mehr' : 'weniger'} als erwartet`}</span>
    </span>
  )
}
