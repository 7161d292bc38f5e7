import type { ReactNode } from 'react'
import { Moon } from '@/ui/moon'
import { useSystemInfo } from './session'

/** The page in front of the app. */
export function Frame({ title, lead, children }: { title: string; lead?: ReactNode; children: ReactNode }) {
  const info = useSystemInfo()
  return (
    <main className="relative grid min-h-dvh place-items-center overflow-hidden px-4 py-10">
      <div aria-hidden className="pointer-events-none absolute -top-72 -right-64 hidden size-[640px] rounded-full bg-gold/12 sm:block" />
      <div aria-hidden className="pointer-events-none absolute -top-80 -right-80 hidden size-[640px] rounded-full bg-bg sm:block" />
      <div className="relative grid w-full max-w-[420px] gap-6">
        <div className="grid gap-3">
          <Moon className="size-12" />
          <h1 className="text-2xl font-semibold tracking-[-0.015em] [overflow-wrap:anywhere]">{title}</h1>
          {lead ? <p className="text-base text-muted">{lead}</p> : null}
        </div>
        {children}
        {info.data ? (
          <p className="text-2xs text-muted">
            Nova {info.data.version}
            {info.data.environment === 'dev' ? ' · Entwicklungsumgebung' : ''} · alles bleibt auf Ihrem Server
          </p>
        ) : null}
      </div>
    </main>
  )
}

/** A quiet line between one way and the next. */
export function Or() {
  return (
    <p className="flex items-center gap-3 text-xs text-muted before:h-px before:flex-1 before:bg-line after:h-px after:flex-1 after:bg-line">
      oder
    </p>
  )
}
