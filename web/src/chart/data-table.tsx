import { ChevronLeft, ChevronRight } from 'lucide-react'
import { useState } from 'react'
import { plural } from '@/lib/format'
import { IconButton } from '@/ui/button'
import { formatValue, momentText, type Table } from './picture'

const ROWS = 96

/** The numbers of a picture, a day of quarter-hours a page. */
export function DataTable({ table, label }: { table: Table; label: string }) {
  const [page, setPage] = useState(0)
  const pages = Math.max(1, Math.ceil(table.ts.length / ROWS))
  const at = Math.min(page, pages - 1)
  const from = at * ROWS
  return (
    <div className="grid grid-cols-1 gap-2">
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls must be reachable by keyboard */}
      <div className="scroll-thin max-h-96 overflow-auto rounded-control border border-line" tabIndex={0} role="region" aria-label={`Tabelle: ${label}`}>
        <table className="num w-full text-xs">
          <thead className="sticky top-0 bg-sunken">
            <tr>
              <th scope="col" className="px-3 py-2 text-left font-medium">
                Beginn
              </th>
              {table.heads.map((head, index) => (
                <th key={`${index}-${head}`} scope="col" className="px-3 py-2 text-right font-medium">
                  {head}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {table.ts.slice(from, from + ROWS).map((begin, row) => (
              <tr key={begin} className="border-t border-line">
                <th scope="row" className="px-3 py-1.5 text-left font-normal whitespace-nowrap">
                  {momentText(begin)}
                </th>
                {table.columns.map((column, index) => (
                  <td key={`${index}-${table.heads[index]}`} className="px-3 py-1.5 text-right whitespace-nowrap">
                    {formatValue(column[from + row])}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <div className="flex items-center justify-between gap-3 text-xs text-muted">
        <span className="num">{plural(table.ts.length, 'Zeile', 'Zeilen')}</span>
        {pages > 1 ? (
          <span className="flex items-center gap-1">
            <IconButton label="Vorige Zeilen" size="icon-sm" disabled={at === 0} onClick={() => setPage(at - 1)}>
              <ChevronLeft aria-hidden />
            </IconButton>
            <span className="num">
              {at + 1} / {pages}
            </span>
            <IconButton label="Nächste Zeilen" size="icon-sm" disabled={at === pages - 1} onClick={() => setPage(at + 1)}>
              <ChevronRight aria-hidden />
            </IconButton>
          </span>
        ) : null}
      </div>
    </div>
  )
}
