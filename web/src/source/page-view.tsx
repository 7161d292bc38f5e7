import { ChevronLeft, ChevronRight } from 'lucide-react'
import { useEffect, useRef, useState } from 'react'
import type { PageMarks } from '@/api/types'
import { IconButton } from '@/ui/button'
import { Skeleton } from '@/ui/states'
import { pageImage, useMarks, type Span } from './api'

interface PageViewProps {
  itemId: string
  version: number
  page: number
  cited: number | null
  mark: Span
  onPage: (page: number) => void
  lastPage: number | null
}

/** The page as a picture, with the cited passage marked on it. */
export function PageView({ itemId, version, page, cited, mark, onPage, lastPage }: PageViewProps) {
  const marks = useMarks(itemId, version, page, mark)
  const [seen, setSeen] = useState<string | null>(null)
  const [broken, setBroken] = useState(false)
  const source = pageImage(itemId, version, page)
  return (
    <div className="grid gap-3">
      <div className="flex items-center justify-between">
        <p className="num text-xs text-muted">
          Seite {page}
          {page === cited ? ' · hier steht die Fundstelle' : ''}
        </p>
        <div className="flex gap-1">
          <IconButton label="Vorige Seite" size="icon-sm" disabled={page <= 1} onClick={() => onPage(page - 1)}>
            <ChevronLeft aria-hidden />
          </IconButton>
          <IconButton label="Nächste Seite" size="icon-sm" disabled={lastPage !== null && page >= lastPage} onClick={() => onPage(page + 1)}>
            <ChevronRight aria-hidden />
          </IconButton>
        </div>
      </div>
      <div className="relative overflow-hidden rounded-control border border-line bg-white">
        {seen === source || broken ? null : <Skeleton className="aspect-[1/1.414] w-full rounded-none" />}
        {broken ? <p className="p-6 text-sm text-[#444]">Diese Seite lässt sich nicht zeichnen. Der Text steht im anderen Reiter.</p> : null}
        <img
          key={source}
          src={source}
          alt={`Seite ${page} der Originaldatei`}
          className={seen === source ? 'block w-full' : 'absolute size-0'}
          onLoad={() => setSeen(source)}
          onError={() => setBroken(true)}
        />
        {seen === source && marks.data ? <Boxes marks={marks.data} /> : null}
      </div>
    </div>
  )
}

const percent = (value: number): string => `${value * 100}%`

function Boxes({ marks }: { marks: PageMarks }) {
  const first = useRef<HTMLDivElement>(null)
  useEffect(() => {
    // In braces: browsers may return a promise here, which is no clean-up.
    first.current?.scrollIntoView({ block: 'center' })
  }, [marks])
  return marks.boxes.map((box, index) => (
    <div
      key={index}
      ref={index === 0 ? first : undefined}
      aria-hidden
      data-testid="mark"
      className="pointer-events-none absolute rounded-xs bg-[#f2b632]/35 mix-blend-multiply ring-1 ring-[#d99a12]/50"
      style={{ left: percent(box.x), top: percent(box.y), width: percent(box.w), height: percent(box.h) }}
    />
  ))
}
