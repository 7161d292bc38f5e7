import { TableHead } from '@/ui/table-head'

/** Records in columns; what is wider than its frame is scrolled to. */
export function DataTable({ label, heads, rows }: { label: string; heads: readonly string[]; rows: readonly (readonly string[])[] }) {
  return (
    /* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls must be reachable by keyboard */
    <div className="scroll-thin max-h-[50dvh] min-w-0 overflow-auto rounded-control border border-line" tabIndex={0} role="region" aria-label={label}>
      <table className="num w-full text-xs">
        <TableHead heads={heads} />
        <tbody className="divide-y divide-line border-t border-line">
          {rows.map((row, at) => (
            <tr key={at}>
              {row.map((value, column) => (
                <td key={heads[column]} className="px-3 py-1.5 align-top">
                  <span className="block w-max max-w-72 [overflow-wrap:anywhere]">{value}</span>
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

/** A value of a record as text. */
export function shownValue(value: unknown): string {
  if (value === null || value === undefined) return '–'
  return typeof value === 'object' ? JSON.stringify(value) : String(value)
}

/** Records as heads and rows; the id stands first. */
export function tableOf(records: readonly Record<string, unknown>[]): { heads: string[]; rows: string[][] } {
  const names = [...new Set(records.flatMap((record) => Object.keys(record)))]
  const heads = [...names.filter((name) => name === 'id'), ...names.filter((name) => name !== 'id')]
  return { heads, rows: records.map((record) => heads.map((head) => shownValue(record[head]))) }
}
