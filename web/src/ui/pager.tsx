import { ChevronLeft, ChevronRight } from 'lucide-react'
import type { ReactNode } from 'react'
import { IconButton } from './button'

interface PagerProps {
  /** What there is in all, in words. */
  children: ReactNode
  at: number
  pages: number
  onPage: (page: number) => void
  /** What the steps back and on are called. */
  back: string
  on: string
}

/** The line below a table of several pages. */
export function Pager({ children, at, pages, onPage, back, on }: PagerProps) {
  return (
    <div className="flex items-center justify-between gap-3 text-xs text-muted">
      <span className="num">{children}</span>
      {pages > 1 ? (
        <span className="flex items-center gap-1">
          <IconButton label={back} size="icon-sm" disabled={at === 0} onClick={() => onPage(at - 1)}>
            <ChevronLeft aria-hidden />
          </IconButton>
          <span className="num">
            {at + 1} / {pages}
          </span>
          <IconButton label={on} size="icon-sm" disabled={at === pages - 1} onClick={() => onPage(at + 1)}>
            <ChevronRight aria-hidden />
          </IconButton>
        </span>
      ) : null}
    </div>
  )
}
