import { useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { ChartSpline } from 'lucide-react'
import { useState } from 'react'
import type { MeterDetail } from '@/api/types'
import { formatAt, formatCount, plural } from '@/lib/format'
import { useMay } from '@/lib/may'
import { meterName, searchOf, useLoad, useMeter, useNewest, useNow } from '@/series'
import { Badge, StateBadge } from '@/ui/badge'
import { Button, buttonLook } from '@/ui/button'
import { DeleteButton } from '@/ui/delete-button'
import { Drawer } from '@/ui/dialog'
import { FactList } from '@/ui/facts'
import { Fault, Skeleton } from '@/ui/states'
import { Tabs } from '@/ui/tabs'
import { toast } from '@/ui/toast'
import { deleteMeter, renew } from '../api'
import { FactsFields } from './facts-fields'
import { MeterAssignments } from './meter-assignments'
import { MeterExport } from './meter-export'
import { MeterForm } from './meter-form'
import { powerText } from './meter-list'
import { ageText, gapWord, intervalText, kindWord, lengthText, qualityWord } from '../words'

const WEEK = 7 * 86_400

/** One meter: how it stands, its gaps, what is said of it, its values as a file, and how to part with it. */
export function MeterDrawer({ meterId, onClose, running }: { meterId: string | undefined; onClose: () => void; running: boolean }) {
  const [last, setLast] = useState(meterId)
  if (meterId !== undefined && meterId !== last) setLast(meterId)
  const shown = meterId ?? last
  return shown === undefined ? null : <Opened key={shown} meterId={shown} open={meterId !== undefined} onClose={onClose} running={running} />
}

function Opened({ meterId, open, onClose, running }: { meterId: string; open: boolean; onClose: () => void; running: boolean }) {
  const meter = useMeter(meterId)
  return (
    <Drawer
      open={open}
      onClose={onClose}
      title={meter.data ? meterName(meter.data) : meterId}
      description={meter.data ? <Summary meter={meter.data} /> : null}
      footer={meter.data ? <Actions meter={meter.data} onClose={onClose} running={running} /> : null}
    >
      {meter.isPending ? <Skeleton className="h-64" /> : null}
      {meter.isError ? <Fault error={meter.error} onRetry={() => void meter.refetch()} /> : null}
      {meter.data ? <Details meter={meter.data} /> : null}
    </Drawer>
  )
}

function Summary({ meter }: { meter: MeterDetail }) {
  return (
    <span className="num flex flex-wrap items-center gap-x-2 gap-y-1">
      <StateBadge word={gapWord(meter.missing_s)} /> {meter.simulated ? <Badge>simuliert</Badge> : null} {kindWord(meter.kind)} · {intervalText(meter.seconds)} ein Wert
    </span>
  )
}

function Details({ meter }: { meter: MeterDetail }) {
  const may = useMay()
  const [tab, setTab] = useState('stand')
  const tabs = [
    { value: 'stand', label: 'Stand', content: <Standing meter={meter} /> },
    { value: 'angaben', label: 'Angaben', content: <MeterForm key={formKey(meter)} meter={meter} /> },
    ...(may('people') ? [{ value: 'zuordnung', label: 'Zuordnung', content: <MeterAssignments meter={meter} /> }] : []),
    { value: 'tarif', label: 'Tarif & Anlage', content: <FactsFields key={JSON.stringify(meter.facts)} meter={meter} /> },
    { value: 'ausfuhr', label: 'Ausfuhr', content: <MeterExport meter={meter} /> },
  ]
  return <Tabs label="Teile des Zählers" value={tab} onChange={setTab} tabs={tabs} />
}

const formKey = (meter: MeterDetail): string => [meter.title, meter.kind, meter.keep_days, meter.mine].join('|')

function Standing({ meter }: { meter: MeterDetail }) {
  const now = useNow()
  const last = useNewest().get(meter.meter_id) ?? meter.last
  const rows: [string, string][] = [
    ['Neuester Wert', last ? [last.consumption_kw === null ? '' : powerText(last.consumption_kw), last.production_kw === null ? '' : `Erzeugung ${powerText(last.production_kw)}`].filter(Boolean).join(', ') || 'kein Wert' : 'noch keiner'],
    ['Stand', last ? `${formatAt(last.ts + meter.seconds)} (${ageText(last.ts + meter.seconds, now)})` : '–'],
    ['Erster Wert', meter.first === null ? '–' : formatAt(meter.first)],
    ['Nummer', meter.meter_id],
    ['Gehört', meter.customer ?? 'dem Unternehmen'],
  ]
  return (
    <div className="grid gap-5">
      <FactList rows={rows} />
      {meter.last ? <Qualities meter={meter} end={meter.last.ts + meter.seconds} /> : null}
      <Gaps meter={meter} />
    </div>
  )
}

const QUALITY_ORDER = ['measured', 'simulated', 'preliminary', 'substitute', 'missing']

/** How the values of the week up to the newest came about. */
function Qualities({ meter, end }: { meter: MeterDetail; end: number }) {
  const load = useLoad(meter.meter_id, { from: end - WEEK, to: end })
  const counts = load.data?.quality ?? {}
  const sum = Object.values(counts).reduce((total, count) => total + count, 0)
  const names = Object.keys(counts).toSorted((a, b) => QUALITY_ORDER.indexOf(a) - QUALITY_ORDER.indexOf(b))
  return (
    <section className="grid gap-2" aria-label="Qualität">
      <h3 className="text-sm font-semibold">Qualität der letzten sieben Tage</h3>
      {load.isPending ? <Skeleton className="h-10" /> : null}
      {load.isError ? <Fault error={load.error} onRetry={() => void load.refetch()} className="py-4" /> : null}
      {load.data && sum === 0 ? <p className="text-sm text-muted">In dieser Zeit gibt es keine Werte.</p> : null}
      {sum > 0 ? (
        <ul className="num grid gap-1.5 text-sm">
          {names.map((name) => (
            <li key={name} className="flex items-center justify-between gap-3">
              <StateBadge word={qualityWord(name)} />
              <span className="text-muted">
                {plural(counts[name] ?? 0, 'Intervall', 'Intervalle')} · {share((counts[name] ?? 0) / sum)}
              </span>
            </li>
          ))}
        </ul>
      ) : null}
    </section>
  )
}

const percent = new Intl.NumberFormat('de-DE', { style: 'percent', maximumFractionDigits: 1 })
const share = (value: number): string => percent.format(value)
const MOST_GAPS = 20
const AROUND = 3 * 3600

function Gaps({ meter }: { meter: MeterDetail }) {
  const [all, setAll] = useState(false)
  const gaps = meter.gaps.toSorted((a, b) => b.end - b.start - (a.end - a.start))
  const shown = all ? gaps : gaps.slice(0, MOST_GAPS)
  return (
    <section className="grid gap-2" aria-label="Lücken">
      <h3 className="text-sm font-semibold">Lücken der letzten sieben Tage</h3>
      {gaps.length === 0 ? <p className="text-sm text-muted">{meter.last ? 'Keine. Jedes Intervall hat einen Wert.' : 'Es gibt noch keine Werte.'}</p> : null}
      {gaps.length > 0 ? (
        <ul className="num grid gap-1">
          {shown.map((gap) => (
            <li key={gap.start} className="flex flex-wrap items-center justify-between gap-x-3 gap-y-0.5 rounded-control border border-line px-3 py-2 text-sm">
              <span>
                {formatAt(gap.start)} bis {formatAt(gap.end)}
              </span>
              <span className="flex items-center gap-3">
                <span className="text-muted">{lengthText(gap.end - gap.start)}</span>
                <Link to="/energie" search={{ zaehler: meter.meter_id, ...searchOf(gap.start - AROUND, gap.end + AROUND) }} className="text-xs text-brand underline underline-offset-3" aria-label={`Lastgang um die Lücke ab ${formatAt(gap.start)}`}>
                  Lastgang
                </Link>
              </span>
            </li>
          ))}
        </ul>
      ) : null}
      {gaps.length > shown.length ? (
        <Button size="sm" className="justify-self-start" onClick={() => setAll(true)}>
          Alle {formatCount(gaps.length)} Lücken zeigen
        </Button>
      ) : null}
    </section>
  )
}

function Actions({ meter, onClose, running }: { meter: MeterDetail; onClose: () => void; running: boolean }) {
  const may = useMay()
  const queries = useQueryClient()
  const name = meterName(meter)
  return (
    <>
      <Link to="/energie" search={{ zaehler: meter.meter_id }} className={buttonLook({ size: 'sm' })}>
        <ChartSpline aria-hidden /> Lastgang ansehen
      </Link>
      {may('people') ? <DeleteButton
        name={name}
        onConfirm={async () => {
          await deleteMeter(meter.meter_id)
          toast(`„${name}“ ist gelöscht.`)
          onClose()
          queries.removeQueries({ queryKey: ['meter', meter.meter_id] })
          renew(queries)
        }}
      >
        <div className="grid gap-2">
          <p>Mit dem Zähler gehen:</p>
          <ul className="num list-disc pl-5">
            <li>alle Messwerte{meter.first !== null && meter.last ? ` von ${formatAt(meter.first)} bis ${formatAt(meter.last.ts + meter.seconds)}` : ''} samt früheren Fassungen</li>
            <li>seine Prognosen, Fahrpläne und Empfehlungen</li>
            <li>Tarif, Anlage und alle weiteren Angaben</li>
          </ul>
          <p>Die Berichte der Lieferungen bleiben. Das Löschen lässt sich nicht zurücknehmen.</p>
          {meter.simulated && running ? <p className="font-medium text-ink">Der Simulator läuft: Er legt diesen Zähler mit dem nächsten Wert neu an. Halten Sie ihn vorher an.</p> : null}
        </div>
      </DeleteButton> : null}
    </>
  )
}
