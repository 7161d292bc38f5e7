import { useEffect, type ReactNode } from 'react'
import { cn } from '@/lib/cn'

interface PageProps {
  title: string
  lead?: ReactNode
  actions?: ReactNode
  children: ReactNode
  className?: string
}

export function usePageTitle(title: string): void {
  useEffect(() => {
    document.title = `${title} · Luna`
  }, [title])
}

export function Page({ title, lead, actions, children, className }: PageProps) {
  usePageTitle(title)
  return (
    <div className={cn('mx-auto grid w-full max-w-6xl content-start gap-5 px-4 pt-5 pb-10 md:px-8 md:pt-8', className)}>
      <header className="flex flex-wrap items-end justify-between gap-3">
        <div className="grid gap-0.5">
          <h1 className="text-xl font-semibold tracking-[-0.01em]">{title}</h1>
          {lead ? <div className="text-sm text-muted">{lead}</div> : null}
        </div>
        {actions ? <div className="flex flex-wrap gap-2">{actions}</div> : null}
      </header>
      {children}
    </div>
  )
}

export function Section({ title, aside, children, className }: { title: string; aside?: ReactNode; children: ReactNode; className?: string }) {
  return (
    <section className={cn('grid min-w-0 gap-3', className)} aria-label={title}>
      <div className="flex items-center justify-between gap-3">
        <h2 className="text-sm font-semibold">{title}</h2>
        {aside}
      </div>
      {children}
    </section>
  )
}

export function Figure({ label, value, unit, note }: { label: string; value: ReactNode; unit?: string; note?: ReactNode }) {
  return (
    <div className="card grid content-start gap-0.5 px-4 py-3">
      <dt className="text-xs text-muted">{label}</dt>
      <dd className="num text-2xl font-semibold tracking-[-0.01em]">
        {value} {unit ? <span className="text-sm font-normal text-muted">{unit}</span> : null}
      </dd>
      {note ? <dd className="num text-xs text-muted">{note}</dd> : null}
    </div>
  )
}
