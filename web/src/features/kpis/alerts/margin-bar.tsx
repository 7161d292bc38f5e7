import type { AlertRule } from '@/api/types'
import { cn } from '@/lib/cn'
import { marginOf } from './margin'

interface Props {
  of: Parameters<typeof marginOf>[0] & { state: AlertRule['state'] | null }
  className?: string
}

const FILLS: Partial<Record<AlertRule['state'], string>> = { critical: 'bg-bad', warn: 'bg-warn', pending: 'bg-warn' }

/** How far a value is from its warning (the line) and from critical (the end); words beside it say the same. Nothing where nothing may be said. */
export function MarginBar({ of: watch, className }: Props) {
  const margin = watch.state === null || watch.state === 'no_data' ? null : marginOf(watch)
  if (!margin || watch.state === null) return null
  return (
    <span aria-hidden className={cn('relative block h-1.5 w-full rounded-full bg-sunken', className)}>
      <span className={cn('block h-full rounded-full', FILLS[watch.state] ?? 'bg-brand')} style={{ width: `${Math.max(margin.at, 0.01) * 100}%` }} />
      <span className="absolute -inset-y-0.5 w-0.5 bg-ink" style={{ left: `${margin.warn * 100}%` }} />
    </span>
  )
}
