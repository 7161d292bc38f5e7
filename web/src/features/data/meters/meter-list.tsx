import { ChevronLeft, ChevronRight } from 'lucide-react'
import { useCallback } from 'react'
import type { Meter } from '@/api/types'
import { formatAt, formatCount, plural } from '@/lib/format'
import { kindOfMeter, meterName, useNewest, useNow } from '@/series'
import { StateBadge } from '@/ui/badge'
import { Button } from '@/ui/button'
import { SearchField, Select } from '@/ui/field'
import { Empty, Fault, SkeletonRows } from '@/ui/states'
import { useEveryMeter } from '../api'
import { fitting, newestEnd, PAGE_SIZE, pageOf, summary } from './meters'
import { isFiltered, METER_KINDS, type DataChange, type DataSearch, type Order } from './search'
import { ageText, gapWord, kindWord, qualityWord } from '../words'

interface Props {
  search: DataSearch
  onSearch: (next: DataChange) => void
}

const power = new Intl.NumberFormat('de-DE', { minimumFractionDigits: 2, maximumFractionDigits: 2 })

/** A power in kW, or where there is none a dash. */
export function powerText(value: number | null | undefined): string {
  return value === null || value === undefined ? '–' : `${power.format(value)} kW`
}

export function MeterList({ search, onSearch }: Props) {
  const meters = useEveryMeter()
  const found = fitting(meters.data?.meters ?? [], search)
  const { page, rows } = pageOf(found, search.seite ?? 1)
  return (
    <>
      {meters.data?.total === 0 ? null : <Toolbar search={search} onSearch={onSearch} meters={meters.data?.meters ?? []} />}
      {meters.isPending ? <SkeletonRows rows={8} /> : null}
      {meters.isError ? <Fault error={meters.error} onRetry={() => void meters.refetch()} /> : null}
      {meters.data && found.length === 0 ? <Nothing filtered={isFiltered(search)} onSearch={onSearch} /> : null}
      {rows.length > 0 ? <Rows meters={rows} onSearch={onSearch} /> : null}
      {found.length > PAGE_SIZE ? (
        <nav aria-label="Zähler blättern" className="flex items-center justify-between gap-3 border-t border-line px-4 py-2.5">
          <Button size="sm" disabled={page <= 1} onClick={() => onSearch({ seite: page > 2 ? page - 1 : undefined })}>
            <ChevronLeft aria-hidden /> Zurück
          </Button>
          <span className="num text-xs text-muted">
            {formatCount((page - 1) * PAGE_SIZE + 1)} bis {formatCount((page - 1) * PAGE_SIZE + rows.length)} von {formatCount(found.length)}
          </span>
          <Button size="sm" disabled={page * PAGE_SIZE >= found.length} onClick={() => onSearch({ seite: page + 1 })}>
            Weiter <ChevronRight aria-hidden />
          </Button>
        </nav>
      ) : null}
    </>
  )
}

function Toolbar({ search, onSearch, meters }: Props & { meters: Meter[] }) {
  const find = useCallback((suche: string) => onSearch({ suche: suche || undefined, seite: undefined }), [onSearch])
  const kinds = METER_KINDS.filter((kind) => kind === search.art || meters.some((meter) => meter.kind === kind))
  const { gaps, empty, alone } = summary(meters)
  return (
    <div className="grid gap-2 border-b border-line p-3">
      <div className="flex flex-wrap gap-2">
        <SearchField label="Zähler suchen" placeholder="Name oder Nummer …" value={search.suche ?? ''} onChange={find} className="w-full sm:w-56" />
        <Select aria-label="Art" value={search.art ?? ''} onChange={(event) => onSearch({ art: METER_KINDS.find((kind) => kind === event.target.value), seite: undefined })} className="min-w-32 flex-1 sm:flex-none">
          <option value="">Alle Arten</option>
          {kinds.map((kind) => (
            <option key={kind} value={kind}>
              {kindOfMeter(kind)}
            </option>
          ))}
        </Select>
        <Select aria-label="Herkunft" value={search.simuliert ?? ''} onChange={(event) => onSearch({ simuliert: (event.target.value || undefined) as DataSearch['simuliert'], seite: undefined })} className="min-w-32 flex-1 sm:flex-none">
          <option value="">Echte und simulierte</option>
          <option value="nein">Nur echte</option>
          <option value="ja">Nur simulierte</option>
        </Select>
        <Select aria-label="Zuordnung" value={search.zugeordnet ?? ''} onChange={(event) => onSearch({ zugeordnet: (event.target.value || undefined) as DataSearch['zugeordnet'], seite: undefined })} className="min-w-32 flex-1 sm:flex-none">
          <option value="">Alle Zuordnungen</option>
          <option value="nein">Niemandem zugeordnet</option>
          <option value="ja">Zugeordnet</option>
        </Select>
        <Select aria-label="Reihenfolge" value={search.ordnung ?? 'luecken'} onChange={(event) => onSearch({ ordnung: event.target.value === 'luecken' ? undefined : (event.target.value as Order), seite: undefined })} className="min-w-32 flex-1 sm:flex-none">
          <option value="luecken">Größte Lücken zuerst</option>
          <option value="alter">Älteste Werte zuerst</option>
          <option value="name">Nach Namen</option>
        </Select>
        {isFiltered(search) ? (
          <Button look="ghost" onClick={() => onSearch({ suche: undefined, art: undefined, simuliert: undefined, zugeordnet: undefined, seite: undefined })}>
            Zurücksetzen
          </Button>
        ) : null}
      </div>
      {meters.length > 0 ? (
        <p className="num px-1 text-xs text-muted" role="status">
          {[
            ...(empty === meters.length ? [] : [gaps === 0 ? 'Keine Lücken in den letzten sieben Tagen' : `${plural(gaps, 'Zähler hat', 'Zähler haben')} Lücken in den letzten sieben Tagen`]),
            ...(empty > 0 ? [`${formatCount(empty)} Zähler ohne Werte`] : []),
            ...(alone > 0 ? [`${plural(alone, 'Zähler ist', 'Zähler sind')} niemandem zugeordnet`] : []),
          ].join(' · ')}
        </p>
      ) : null}
    </div>
  )
}

function Nothing({ filtered, onSearch }: { filtered: boolean; onSearch: Props['onSearch'] }) {
  if (!filtered) return <Empty className="py-8" title="Noch keine Zähler">Starten Sie den Simulator oder nehmen Sie eine Datei mit Messwerten auf.</Empty>
  return (
    <Empty title="Kein Zähler passt dazu" action={<Button onClick={() => onSearch({ suche: undefined, art: undefined, simuliert: undefined, zugeordnet: undefined, seite: undefined })}>Auswahl zurücksetzen</Button>}>
      Weniger Bedingungen finden mehr.
    </Empty>
  )
}

function Rows({ meters, onSearch }: { meters: Meter[]; onSearch: Props['onSearch'] }) {
  const now = useNow()
  const live = useNewest()
  const shown = meters.map((meter) => ({ meter, last: live.get(meter.meter_id) ?? meter.last }))
  return (
    <div className="@container">
      <table className="hidden w-full table-fixed text-left @2xl:table">
        <thead className="border-b border-line text-xs text-muted">
          <tr>
            <th scope="col" className="py-2 pr-3 pl-4 font-medium">
              Zähler
            </th>
            <th scope="col" className="hidden w-32 px-3 font-medium @4xl:table-cell">
              Art
            </th>
            <th scope="col" className="w-32 px-3 text-right font-medium">
              Neuester Wert
            </th>
            <th scope="col" className="w-36 px-3 font-medium">
              Stand
            </th>
            <th scope="col" className="hidden w-32 px-3 font-medium @4xl:table-cell">
              Qualität
            </th>
            <th scope="col" className="w-44 px-3 pr-4 font-medium">
              Letzte sieben Tage
            </th>
          </tr>
        </thead>
        <tbody className="divide-y divide-line">
          {shown.map(({ meter, last }) => (
            <tr key={meter.meter_id} className="hover:bg-sunken/60">
              <td className="py-2.5 pr-3 pl-4">
                <Name meter={meter} onSearch={onSearch} />
              </td>
              <td className="hidden truncate px-3 text-sm text-muted @4xl:table-cell">{kindWord(meter.kind)}</td>
              <td className="num px-3 text-right text-sm">
                <Power meter={meter} last={last} />
              </td>
              <td className="num px-3 text-sm text-muted" title={last ? formatAt(last.ts + meter.seconds) : undefined}>
                {last ? ageText(newestEnd({ ...meter, last }), now) : '–'}
              </td>
              <td className="hidden px-3 @4xl:table-cell">{last ? <StateBadge word={qualityWord(last.quality)} /> : null}</td>
              <td className="px-3 pr-4">
                {last && meter.missing_s === null ? null : <StateBadge word={gapWord(meter.missing_s)} />}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <ul className="divide-y divide-line @2xl:hidden" aria-label="Zähler">
        {shown.map(({ meter, last }) => (
          <li key={meter.meter_id} className="grid gap-1.5 px-4 py-3">
            <div className="flex items-start justify-between gap-2">
              <Name meter={meter} onSearch={onSearch} />
              <span className="num shrink-0 text-sm">
                <Power meter={meter} last={last} />
              </span>
            </div>
            <p className="num text-xs text-muted">
              {kindWord(meter.kind)}
              {last ? ` · ${ageText(newestEnd({ ...meter, last }), now)}` : ''}
            </p>
            <p className="flex flex-wrap gap-1.5">
              {last && meter.missing_s === null ? null : <StateBadge word={gapWord(meter.missing_s)} />}
              {last ? <StateBadge word={qualityWord(last.quality)} /> : null}
            </p>
          </li>
        ))}
      </ul>
    </div>
  )
}

/** Power drawn, or for meters that only feed in what they make. */
function Power({ meter, last }: { meter: Meter; last: Meter['last'] }) {
  if (!last) return '–'
  const makes = last.production_kw !== null && (last.consumption_kw === null || (meter.kind === 'pv' && last.consumption_kw === 0))
  return (
    <>
      {powerText(makes ? last.production_kw : last.consumption_kw)}
      {makes ? <span className="block text-2xs text-muted">Erzeugung</span> : null}
    </>
  )
}

function Name({ meter, onSearch }: { meter: Meter; onSearch: Props['onSearch'] }) {
  return (
    <div className="grid min-w-0 justify-items-start">
      <button type="button" title={meterName(meter)} onClick={() => onSearch({ zaehler: meter.meter_id })} className="max-w-full truncate rounded text-left text-sm font-medium hover:text-brand hover:underline hover:underline-offset-3">
        {meterName(meter)}
      </button>
      <span className="num max-w-full truncate text-2xs text-muted">{[...(meter.title ? [meter.meter_id] : []), meter.customer ?? 'Unternehmen'].join(' · ')}</span>
    </div>
  )
}
