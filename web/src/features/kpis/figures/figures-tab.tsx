import { RefreshCw } from 'lucide-react'
import type { AlertRule, KpiData } from '@/api/types'
import { formatTime } from '@/lib/format'
import { useSending } from '@/lib/use-sending'
import { Button } from '@/ui/button'
import { Segmented } from '@/ui/segmented'
import { Empty, Fault, FaultLine, OldNews, Skeleton } from '@/ui/states'
import { toast, toastFault } from '@/ui/toast'
import { standing } from '../alerts/alert-words'
import { measureNow, useFigures, useRenewFigures } from '../api'
import { FigureCard } from './figure-card'
import { FigureDrawer } from './figure-drawer'
import { Staffing } from './staffing'
import { nearestFirst, type Watch } from '../alerts/margin'
import { SPANS, type OnSearch, type QualitySearch, type Span } from '../search'
import { useWatches, type Watches } from '../use-watches'

const SPAN_WORDS: Record<Span, string> = { 1: 'Heute', 7: '7 Tage', 30: '30 Tage', 90: '90 Tage' }

type State = Watch['state']
const GROUPS: { title: string; states: (State | undefined)[] }[] = [
  { title: 'Braucht Aufmerksamkeit', states: ['critical', 'warn', 'pending', 'clearing'] },
  { title: 'Im Rahmen', states: ['ok'] },
  { title: 'Noch ohne Urteil', states: ['no_data', null] },
  { title: 'Ohne Schwelle', states: [undefined] },
]

interface Watched {
  kpi: KpiData
  watches: Watch[]
}

/** Figures with their rules, nearest to a threshold first; those without a rule in their own order. */
function watched(kpis: KpiData[], watches: Watch[]): Watched[] {
  const all = kpis.map((kpi) => ({ kpi, watches: watches.filter((watch) => watch.kpi === kpi.name).toSorted(nearestFirst) }))
  return all.toSorted(({ watches: [one] }, { watches: [other] }) => (one && other ? nearestFirst(one, other) : Number(!one) - Number(!other)))
}

/** Every measured figure of a window with its thresholds, the one nearest to its threshold first. */
export function FiguresTab({ search, onSearch }: { search: QualitySearch; onSearch: OnSearch }) {
  const days = search.tage ?? 7
  const found = useFigures(days)
  const rules = useWatches()
  return (
    <div className="grid gap-5">
      <div className="flex flex-wrap items-center gap-3">
        <Segmented label="Zeitraum" value={String(days)} onChange={(value) => onSearch({ tage: value === '7' ? undefined : (Number(value) as Span) })} options={SPANS.map((span) => ({ value: String(span), label: SPAN_WORDS[span] }))} />
        {found.data?.measured_to ? <p className="num text-xs text-muted">gemessen bis {formatTime(found.data.measured_to)}</p> : null}
        <MeasureButton />
      </div>
      <OldNews found={found} />
      {!found.data ? (
        found.isError ? <Fault error={found.error} onRetry={() => void found.refetch()} className="card" /> : <Loading />
      ) : rules.pending ? (
        <Loading />
      ) : (
        <Figures days={days} kpis={found.data.kpis} rules={rules} onSearch={onSearch} />
      )}
      <Staffing />
      <FigureDrawer search={search} onSearch={onSearch} />
    </div>
  )
}

function Loading() {
  return (
    <div role="status" aria-label="Kennzahlen werden geladen" className="grid gap-3 sm:grid-cols-2 lg:grid-cols-3 xl:grid-cols-4">
      {Array.from({ length: 8 }, (_, card) => (
        <Skeleton key={card} className="h-40 rounded-card" />
      ))}
    </div>
  )
}

function Figures({ days, kpis, rules, onSearch }: { days: number; kpis: KpiData[]; rules: Watches; onSearch: OnSearch }) {
  const all = watched(kpis, rules.watches)
  const groups = GROUPS.map(({ title, states }) => ({ title, figures: all.filter(({ watches: [first] }) => states.includes(first?.state)) }))
  const quiet = kpis.every(({ n }) => n === 0) && groups[0]?.figures.length === 0
  return (
    <>
      <Standing rules={rules} onRules={() => onSearch({ teil: 'schwellen' })} />
      {quiet ? (
        <Empty className="card" title={days === 1 ? 'Heute noch nichts gemessen' : `In ${days} Tagen nichts gemessen`}>
          Sobald jemand Luna fragt, entstehen hier Kennzahlen; gemessen wird jede Stunde. Frühere Werte zeigt ein längerer Zeitraum.
        </Empty>
      ) : (
        groups.map(({ title, figures }) => <Group key={title} title={title} figures={figures} days={days} onOpen={(kennzahl) => onSearch({ kennzahl })} />)
      )}
    </>
  )
}

/** What holds at present, in a sentence, and where it is changed. */
function Standing({ rules: { watches, problem, error }, onRules }: { rules: Watches; onRules: () => void }) {
  if (error) return <FaultLine error={error} />
  const known = watches.flatMap(({ state }): Pick<AlertRule, 'state'>[] => (state === null ? [] : [{ state }]))
  const said = problem ? 'Die Schwellen sind nicht lesbar, deshalb gilt keine Regel.' : watches.length === 0 ? 'Keine Kennzahl hat eine Schwelle.' : known.length === 0 ? 'Die Schwellen wurden noch nicht bewertet; das geschieht von selbst.' : (standing(known) ?? 'Keine Regel schlägt an.')
  return (
    <p role={problem ? 'alert' : undefined} className="text-sm">
      {said}{' '}
      <Button look="link" onClick={onRules}>
        {problem ? 'Schwellen berichtigen' : 'Schwellen ansehen'}
      </Button>
    </p>
  )
}

function Group({ title, figures, days, onOpen }: { title: string; figures: Watched[]; days: number; onOpen: (name: string) => void }) {
  if (figures.length === 0) return null
  return (
    <section aria-label={title} className="grid gap-3">
      <h2 className="text-sm font-semibold">{title}</h2>
      <ul className="grid gap-3 sm:grid-cols-2 lg:grid-cols-3 xl:grid-cols-4">
        {figures.map(({ kpi, watches }) => (
          <li key={kpi.name} className="grid min-w-0 grid-cols-1">
            <FigureCard kpi={kpi} watches={watches} days={days} onOpen={() => onOpen(kpi.name)} />
          </li>
        ))}
      </ul>
    </section>
  )
}

function MeasureButton() {
  const renew = useRenewFigures()
  const { busy, send } = useSending(toastFault)
  const run = async (): Promise<void> => {
    await measureNow()
    toast('Es wird gemessen', 'ok', 'Neue Werte erscheinen in einigen Sekunden.')
    setTimeout(() => void renew(), 4000)
  }
  return (
    <Button size="sm" busy={busy} className="ml-auto" onClick={() => void send(run)}>
      <RefreshCw aria-hidden /> Jetzt messen
    </Button>
  )
}
