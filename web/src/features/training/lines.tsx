import type { ReactNode } from 'react'
import { StateBadge } from '@/ui/badge'
import { TableHead } from '@/ui/table-head'
import { gateState } from './words'

export interface StateLine {
  name: string
  title: string
  passed: boolean
  reason: string
}

/** Conditions, one a line: whether it lets through, and why. */
export function StateLines({ label, lines }: { label: string; lines: StateLine[] }) {
  return (
    <ul aria-label={label} className="card divide-y divide-line">
      {lines.map(({ name, title, passed, reason }) => (
        <li key={name} className="grid grid-cols-[4rem_1fr] items-start gap-x-3 px-4 py-2.5 text-sm">
          <StateBadge word={gateState(passed)} className="w-fit" />
          <p className="grid min-w-0 gap-x-3 [overflow-wrap:anywhere] lg:grid-cols-[15rem_1fr]">
            <span className="font-medium">{title}</span> <span className="text-muted">{reason}</span>
          </p>
        </li>
      ))}
    </ul>
  )
}

/** Figures in columns; what is wider than its frame is scrolled to. */
export function Figures({ label, heads, children }: { label: string; heads: readonly string[]; children: ReactNode }) {
  return (
    /* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls must be reachable by keyboard */
    <div className="scroll-thin card max-h-[70dvh] min-w-0 overflow-auto" tabIndex={0} role="region" aria-label={label}>
      <table className="num w-full text-sm">
        <TableHead heads={heads} />
        <tbody className="divide-y divide-line border-t border-line">{children}</tbody>
      </table>
    </div>
  )
}
