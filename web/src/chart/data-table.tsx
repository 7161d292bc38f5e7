import { useState } from 'react'
import { plural } from '@/lib/format'
import { Pager } from '@/ui/pager'
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
      <Pager at={at} pages={pages} onPage={setPage} back="Vorige Zeilen" on="Nächste Zeilen">
        {plural(table.ts.length, 'Zeile', 'Zeilen')}
      </Pager>
    </div>
  )
}
