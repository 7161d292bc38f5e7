import { CloudOff, Hourglass, Lock, RotateCcw, TriangleAlert } from 'lucide-react'
import { useEffect, useRef, type ReactNode } from 'react'
import { ApiError, WAITS } from '@/lib/http'
import { cn } from '@/lib/cn'
import { formatAt } from '@/lib/format'
import { Button } from './button'
import { Moon } from './moon'

export function Skeleton({ className }: { className?: string }) {
  return <div aria-hidden className={cn('animate-shimmer rounded-control bg-sunken', className)} />
}

export function SkeletonRows({ rows = 6, label = 'Wird geladen' }: { rows?: number; label?: string }) {
  return (
    <div role="status" aria-label={label} className="grid gap-px">
      {Array.from({ length: rows }, (_, row) => (
        <div key={row} className="flex items-center gap-4 px-4 py-3">
          <Skeleton className="h-4 flex-1" />
          <Skeleton className="hidden h-4 w-24 sm:block" />
          <Skeleton className="h-4 w-16" />
        </div>
      ))}
    </div>
  )
}

/** A page that is still to come. */
export function SkeletonPage() {
  return (
    <div role="status" aria-label="Seite wird geladen" className="mx-auto grid w-full max-w-6xl content-start gap-5 px-4 pt-5 md:px-8 md:pt-8">
      <Skeleton className="h-7 w-40" />
      <Skeleton className="h-64 rounded-card" />
    </div>
  )
}

interface EmptyProps {
  title: string
  children?: ReactNode
  action?: ReactNode
  className?: string
}

/** Nothing here yet: one sentence and the one next action. */
export function Empty({ title, children, action, className }: EmptyProps) {
  return (
    <div className={cn('grid justify-items-center gap-3 px-6 py-14 text-center', className)}>
      <Moon className="size-10 opacity-90" />
      <p className="text-base font-semibold">{title}</p>
      {children ? <div className="max-w-md text-sm text-muted">{children}</div> : null}
      {action}
    </div>
  )
}

export function TraceId({ value }: { value: string | null }) {
  if (!value) return null
  return (
    <p className="text-2xs text-muted">
      Kennung für Rückfragen: <code className="select-all">{value}</code>
    </p>
  )
}

/** What went wrong, why, and how to try again. */
export function Fault({ error, onRetry, className }: { error: unknown; onRetry?: () => void; className?: string }) {
  const known = error instanceof ApiError ? error : null
  if (known?.status === 403) return <NoRights className={className}>{known.message}</NoRights>
  if (known && known.retryAfter !== null && onRetry) return <Later error={known} seconds={known.retryAfter} onRetry={onRetry} className={className} />
  const Sign = known?.code === 'offline' ? CloudOff : TriangleAlert
  return (
    <div role="alert" className={cn('grid justify-items-center gap-3 px-6 py-12 text-center', className)}>
      <Sign className="size-7 text-bad" aria-hidden />
      <p className="text-base font-semibold">{known?.code === 'offline' ? 'Keine Verbindung' : 'Das ließ sich nicht laden'}</p>
      <p className="max-w-md text-sm text-muted">{known ? known.message : 'In der Oberfläche ist ein Fehler aufgetreten. Ihre Daten sind davon nicht betroffen.'}</p>
      {onRetry ? (
        <Button onClick={onRetry}>
          <RotateCcw aria-hidden /> Erneut versuchen
        </Button>
      ) : null}
      <TraceId value={known?.traceId ?? null} />
    </div>
  )
}

/** Nova has enough to do for now and says until when; it is tried again by itself then. */
function Later({ error, seconds, onRetry, className }: { error: ApiError; seconds: number; onRetry: () => void; className: string | undefined }) {
  const again = useRef(onRetry)
  useEffect(() => {
    again.current = onRetry
  })
  useEffect(() => {
    const timer = setTimeout(() => again.current(), Math.max(1, seconds) * 1000)
    return () => clearTimeout(timer)
  }, [error, seconds])
  return (
    <div role="status" className={cn('grid justify-items-center gap-3 px-6 py-12 text-center', className)}>
      <Hourglass className="size-7 text-warn" aria-hidden />
      <p className="text-base font-semibold">Einen Moment bitte</p>
      <p className="max-w-md text-sm text-muted">{error.message} Nova versucht es dann von selbst noch einmal.</p>
    </div>
  )
}

/** A failure in one line, for forms and rows. */
export function FaultLine({ error, className }: { error: unknown; className?: string }) {
  if (!error) return null
  const known = error instanceof ApiError ? error : null
  if (known?.code === WAITS) {
    return (
      <p role="status" className={cn('rounded-control border border-warn/45 bg-warn-soft px-3 py-2 text-sm text-warn', className)}>
        {known.message}
      </p>
    )
  }
  return (
    <div role="alert" className={cn('rounded-control border border-bad/45 bg-bad-soft px-3 py-2 text-sm text-bad', className)}>
      {error instanceof Error ? error.message : 'Unbekannter Fehler.'}
      {known?.traceId ? <span className="block text-2xs">Kennung: {known.traceId}</span> : null}
    </div>
  )
}

/** Which places of a text were found at fault. */
export function FaultPlaces({ error }: { error: unknown }) {
  const places = error instanceof ApiError ? error.fields : []
  if (places.length === 0) return null
  return (
    <ul aria-label="Fehlerstellen" className="grid gap-1 text-sm text-bad">
      {places.map((place) => (
        <li key={place.field + place.message}>
          <code>{place.field}</code>: {place.message}
        </li>
      ))}
    </ul>
  )
}

/** What was shown stays in sight when a fresh look fails; this says so. */
export function OldNews({ found }: { found: { isError: boolean; dataUpdatedAt: number; isFetching: boolean; refetch: () => unknown } }) {
  if (!found.isError || found.dataUpdatedAt === 0) return null
  return (
    <div role="status" className="flex flex-wrap items-center gap-x-3 gap-y-1.5 rounded-control border border-warn/45 bg-warn-soft px-3 py-1.5 text-sm text-warn">
      <CloudOff className="size-4 shrink-0" aria-hidden /> Nova antwortet gerade nicht. Gezeigt wird der Stand vom {formatAt(found.dataUpdatedAt / 1000)}.
      <Button size="sm" busy={found.isFetching} className="ml-auto" onClick={() => void found.refetch()}>
        Erneut versuchen
      </Button>
    </div>
  )
}

export function NoRights({ children, className }: { children?: ReactNode; className?: string }) {
  return (
    <div role="alert" className={cn('grid justify-items-center gap-3 px-6 py-14 text-center', className)}>
      <Lock className="size-7 text-muted" aria-hidden />
      <p className="text-base font-semibold">Dafür reicht Ihr Zugang nicht</p>
      <div className="max-w-md text-sm text-muted">{children ?? 'Ihre Rolle öffnet diesen Bereich nicht. Wer Nova betreibt, kann das ändern.'}</div>
    </div>
  )
}
