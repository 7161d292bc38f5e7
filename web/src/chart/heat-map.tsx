import { useCallback, useState, type ReactNode } from 'react'
import { cn } from '@/lib/cn'
import { formatDayAt, NONE, plural } from '@/lib/format'
import { Pager } from '@/ui/pager'
import { CardFrame, timeText, type CardProps } from './card-frame'
import type { Colors } from './colors'
import { heatOption, heatTable, hourText, isCold, type Heat, type HeatCell, type HeatDay } from './heat'
import { csvOf } from './picture'

interface HeatCardProps extends CardProps {
  /** What a value is, for the head of its column. */
  name: string
  heat: Heat | undefined
}

/** Days by hours of the local clock, the same as a table with a row a day, and both as a file. */
export function HeatCard({ name, heat, chartClass = 'h-80', ...card }: HeatCardProps) {
  const shown = heat ?? NOTHING
  const build = useCallback((width: number, colors: Colors) => heatOption(shown, { width, colors }), [shown])
  return (
    <CardFrame
      {...card}
      chartClass={chartClass}
      found={!heat ? 'loading' : isCold(heat) ? 'empty' : 'full'}
      build={build}
      table={<HeatTable heat={shown} label={card.title} />}
      csv={() => csvOf(heatTable(shown, name), timeText)}
    />
  )
}

const NOTHING: Heat = { days: [], unit: '', ink: 'price' }
const ROWS = 31
/** The same number of places in all cells, so that they stand below each other. */
const places = new Intl.NumberFormat('de-DE', { minimumFractionDigits: 2, maximumFractionDigits: 2 })
const written = (value: number | null): string => (value === null ? NONE : places.format(Math.abs(value) < 0.005 ? 0 : value))
const HOURS = Array.from({ length: 24 }, (_, hour) => hour)

/** The latest days first. */
function HeatTable({ heat, label }: { heat: Heat; label: string }) {
  const [page, setPage] = useState(0)
  const pages = Math.max(1, Math.ceil(heat.days.length / ROWS))
  const at = Math.min(page, pages - 1)
  const days = heat.days.toReversed().slice(at * ROWS, (at + 1) * ROWS)
  return (
    <div className="grid grid-cols-1 gap-2">
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls must be reachable by keyboard */}
      <div className="scroll-thin max-h-96 overflow-auto rounded-control border border-line" tabIndex={0} role="region" aria-label={`Tabelle: ${label}`}>
        <table className="num w-full text-xs">
          <thead className="sticky top-0 z-10 bg-sunken">
            <tr>
              <th scope="col" className="sticky left-0 bg-sunken px-3 py-2 text-left font-medium">
                Tag
              </th>
              {HOURS.map((hour) => (
                <th key={hour} scope="col" className="px-2 py-2 text-right font-medium whitespace-nowrap">
                  {hour} Uhr
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {days.map((day) => (
              <DayRow key={day.at} day={day} />
            ))}
          </tbody>
        </table>
      </div>
      <Pager at={at} pages={pages} onPage={setPage} back="Spätere Tage" on="Frühere Tage">
        {plural(heat.days.length, 'Tag', 'Tage')}, Werte in {heat.unit}
      </Pager>
    </div>
  )
}

function DayRow({ day }: { day: HeatDay }) {
  return (
    <tr className="border-t border-line">
      <th scope="row" className="sticky left-0 bg-panel px-3 py-1.5 text-left font-normal whitespace-nowrap">
        {formatDayAt(day.at)}
      </th>
      {day.cells.map((cell, hour) => (
        <td key={hour} className={cn('px-2 py-1.5 text-right whitespace-nowrap', cell.value !== null && cell.value < 0 && 'font-medium text-negative')}>
          {cellText(cell)}
        </td>
      ))}
    </tr>
  )
}

/** Both values of the hour that comes twice; a word for the one that is left out. */
function cellText(cell: HeatCell): ReactNode {
  if (cell.ts.length === 0) return <span className="text-muted">entfällt</span>
  if (cell.ts.length === 1) return written(cell.value)
  return cell.values.map((value, row) => (
    <span key={cell.ts[row]} className="block" title={hourText(cell, row)}>
      {written(value)} {row === 0 ? 'MESZ' : 'MEZ'}
    </span>
  ))
}
