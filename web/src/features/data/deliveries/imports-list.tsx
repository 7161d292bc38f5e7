import { ChevronLeft, ChevronRight } from 'lucide-react'
import type { DataImport } from '@/api/types'
import { formatCount, formatTime } from '@/lib/format'
import { StateBadge } from '@/ui/badge'
import { Button } from '@/ui/button'
import { Select } from '@/ui/field'
import { Empty, Fault, SkeletonRows } from '@/ui/states'
import { useImports } from '../api'
import { firstRefusal, readReport } from './report'
import { importName } from './report-drawer'
import type { DataChange, DataSearch } from '../meters/search'
import { formatName, importState, SOURCE_NAMES, sourceName } from '../words'

/** Without a word in the address these are shown: the simulator's would push them out of sight. */
const USUAL = 'upload'

export function ImportsList({ search, onSearch }: { search: DataSearch; onSearch: (next: DataChange) => void }) {
  const source = search.quelle ?? USUAL
  const page = search.blatt ?? 1
  const imports = useImports(source === 'alle' ? undefined : source, page, true)
  const rows = imports.data?.imports ?? []
  const names = SOURCE_NAMES.includes(source) || source === 'alle' ? SOURCE_NAMES : [...SOURCE_NAMES, source]
  return (
    <>
      <div className="flex flex-wrap gap-2 border-b border-line p-3">
        <Select aria-label="Quelle" value={source} onChange={(event) => onSearch({ quelle: event.target.value === USUAL ? undefined : event.target.value, blatt: undefined })} className="w-full sm:w-64">
          <option value="alle">Alle Quellen</option>
          {names.map((name) => (
            <option key={name} value={name}>
              {sourceName(name)}
            </option>
          ))}
        </Select>
      </div>
      {imports.isPending ? <SkeletonRows rows={5} /> : null}
      {imports.isError ? <Fault error={imports.error} onRetry={() => void imports.refetch()} /> : null}
      {imports.data && rows.length === 0 ? (
        <Empty title={page > 1 ? 'Hier endet die Liste' : 'Noch keine Lieferung'} action={page > 1 ? <Button onClick={() => onSearch({ blatt: undefined })}>Zum Anfang</Button> : null}>
          {page > 1 ? null : source === USUAL ? 'Ziehen Sie eine Datei auf diese Seite; ihr Bericht erscheint hier.' : 'Von dieser Quelle ist noch nichts gekommen.'}
        </Empty>
      ) : null}
      {rows.length > 0 ? (
        <ul className="divide-y divide-line" aria-label="Lieferungen">
          {rows.map((one) => (
            <li key={one.batch_id}>
              <Row one={one} onOpen={() => onSearch({ lieferung: one.batch_id })} />
            </li>
          ))}
        </ul>
      ) : null}
      {page > 1 || imports.data?.more ? (
        <nav aria-label="Lieferungen blättern" className="flex items-center justify-between gap-3 border-t border-line px-4 py-2.5">
          <Button size="sm" disabled={page <= 1} onClick={() => onSearch({ blatt: page > 2 ? page - 1 : undefined })}>
            <ChevronLeft aria-hidden /> Neuere
          </Button>
          <span className="num text-xs text-muted">Blatt {page}</span>
          <Button size="sm" disabled={!imports.data?.more} onClick={() => onSearch({ blatt: page + 1 })}>
            Ältere <ChevronRight aria-hidden />
          </Button>
        </nav>
      ) : null}
    </>
  )
}

function Row({ one, onOpen }: { one: DataImport; onOpen: () => void }) {
  const report = readReport(one.report)
  const parts = [
    `${formatCount(report.accepted + report.corrected)} übernommen`,
    ...(report.corrected > 0 ? [`${formatCount(report.corrected)} korrigiert`] : []),
    ...(report.refused > 0 ? [`${formatCount(report.refused)} nicht übernommen`] : []),
  ]
  const why = one.state === 'refused' || one.state === 'failed' ? firstRefusal(report) : null
  return (
    <button type="button" onClick={onOpen} className="grid w-full grid-cols-[1fr_auto] items-start gap-x-3 gap-y-0.5 px-4 py-3 text-left hover:bg-sunken/60 focus-visible:-outline-offset-2">
      <span className="min-w-0 text-sm font-medium [overflow-wrap:anywhere]">{importName(one)}</span>
      <StateBadge word={importState(one)} />
      <span className="num col-span-2 text-xs text-muted">
        {formatTime(one.created_at)} · {sourceName(one.source)} · {formatName(one.format)}
        {one.state === 'running' ? '' : ` · ${parts.join(', ')}`}
      </span>
      {why ? <span className="col-span-2 text-xs text-bad [overflow-wrap:anywhere]">{why}</span> : null}
    </button>
  )
}
