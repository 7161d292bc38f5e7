import type { ReactNode } from 'react'

/** A line of a list: what it is, how it stands, and what can be done; below it what opens of it. */
export function Row({ title, facts, actions, children }: { title: ReactNode; facts: ReactNode; actions?: ReactNode; children?: ReactNode }) {
  return (
    <li className="grid gap-3 px-4 py-3">
      <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
        <div className="min-w-0 flex-1 basis-48">
          <p className="flex flex-wrap items-center gap-2 text-sm font-medium [overflow-wrap:anywhere]">{title}</p>
          <p className="num text-xs text-muted">{facts}</p>
        </div>
        {actions ? <span className="flex flex-wrap gap-2">{actions}</span> : null}
      </div>
      {children}
    </li>
  )
}
