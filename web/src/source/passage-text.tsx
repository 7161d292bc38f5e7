import { useEffect, useRef } from 'react'
import { layLines, type Line, type Piece } from '@/lib/text'
import { cn } from '@/lib/cn'
import type { Span } from './api'

function Pieces({ pieces, first }: { pieces: Piece[]; first: boolean }) {
  return pieces.map((piece, index) =>
    piece.marked ? (
      <mark key={index} data-first-mark={first || undefined}>
        {piece.text}
      </mark>
    ) : (
      <span key={index}>{piece.text}</span>
    ),
  )
}

const LOOKS: Record<Line['kind'], string> = {
  heading: 'mt-3 mb-1 font-semibold text-ink first:mt-0',
  table: 'num overflow-x-auto text-2xs whitespace-pre',
  text: '',
  item: 'pl-5 -indent-5',
  blank: 'h-2.5',
}

/** Stored text as plain lines with the cited span marked and scrolled into view. */
export function PassageText({ text, offset, mark, titles }: { text: string; offset: number; mark: Span | null; titles?: ReadonlySet<string> }) {
  const box = useRef<HTMLDivElement>(null)
  const start = mark?.start
  useEffect(() => {
    box.current?.querySelector('[data-first-mark]')?.scrollIntoView({ block: 'center' })
  }, [start, text])
  const lines = layLines(text, offset, mark, titles)
  const firstMarked = lines.findIndex((line) => line.pieces.some((piece) => piece.marked))
  return (
    <div ref={box} className="text-sm leading-relaxed">
      {lines.map((line, index) => (
        <div key={line.start} className={cn('[overflow-wrap:anywhere]', LOOKS[line.kind])}>
          <Pieces pieces={line.pieces} first={index === firstMarked} />
        </div>
      ))}
    </div>
  )
}
