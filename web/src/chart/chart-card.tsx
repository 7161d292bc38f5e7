import { useCallback, useMemo, useState } from 'react'
import { cn } from '@/lib/cn'
import { CardFrame, timeText, type CardProps } from './card-frame'
import type { Colors } from './colors'
import { DataTable } from './data-table'
import { optionOf } from './options'
import { csvOf, isEmpty, tableOf, type Ink, type Line, type Picture } from './picture'

interface ChartCardProps extends CardProps {
  picture: Picture | undefined
  onSelect?: (from: number, to: number) => void
}

/** A picture with its legend, the same numbers as a table, and both as a file. */
export function ChartCard({ picture, ...card }: ChartCardProps) {
  const [hidden, setHidden] = useState<ReadonlySet<string>>(new Set())
  const shown = useMemo(() => ({ ...(picture ?? NOTHING), lines: (picture ?? NOTHING).lines.filter((line) => !hidden.has(line.name)) }), [picture, hidden])
  const build = useCallback((width: number, colors: Colors) => optionOf(shown, { width, colors }), [shown])
  const flip = (name: string): void => setHidden((old) => (old.has(name) ? new Set([...old].filter((one) => one !== name)) : new Set([...old, name])))
  return (
    <CardFrame
      {...card}
      found={!picture ? 'loading' : isEmpty(picture) ? 'empty' : 'full'}
      build={build}
      table={<PictureTable picture={shown} label={card.title} />}
      csv={() => (picture ? csvOf(tableOf(picture), timeText) : '')}
      legend={picture && picture.lines.length > 1 ? <Legend lines={picture.lines} hidden={hidden} onFlip={flip} /> : null}
    />
  )
}

const NOTHING: Picture = { lines: [], from: 0, to: 1 }

function PictureTable({ picture, label }: { picture: Picture; label: string }) {
  return <DataTable table={tableOf(picture)} label={label} />
}
const INKS: Record<Ink, string> = { consumption: 'bg-brand', production: 'bg-gold', price: 'bg-price', negative: 'bg-negative', muted: 'bg-muted', good: 'bg-ok', bad: 'bg-bad' }
const EDGES: Record<Ink, string> = { consumption: 'border-brand', production: 'border-gold', price: 'border-price', negative: 'border-negative', muted: 'border-muted', good: 'border-ok', bad: 'border-bad' }

function Legend({ lines, hidden, onFlip }: { lines: Line[]; hidden: ReadonlySet<string>; onFlip: (name: string) => void }) {
  return (
    <div role="group" aria-label="Legende" className="flex flex-wrap gap-x-1 gap-y-1">
      {lines.map((line) => (
        <button
          key={line.name}
          type="button"
          aria-pressed={!hidden.has(line.name)}
          onClick={() => onFlip(line.name)}
          className="inline-flex min-h-7 items-center gap-2 rounded-md px-2 text-left text-xs hover:bg-sunken aria-[pressed=false]:text-muted aria-[pressed=false]:line-through"
        >
          {line.dashed ? <span className={cn('w-4 border-t-2 border-dashed', EDGES[line.ink])} aria-hidden /> : <span className={cn('h-1 w-4 rounded-full', INKS[line.ink])} aria-hidden />}
          {line.name}
        </button>
      ))}
    </div>
  )
}
