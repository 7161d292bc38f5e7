import { RefreshCw } from 'lucide-react'
import type { KpiData } from '@/api/types'
import { formatCount, formatTime } from '@/lib/format'
import { useSending } from '@/lib/use-sending'
import { Badge } from '@/ui/badge'
import { Button } from '@/ui/button'
import { Segmented } from '@/ui/segmented'
import { Empty, Fault, OldNews, Skeleton } from '@/ui/states'
import { toast, toastFault } from '@/ui/toast'
import { measureNow, useFigures, useRenewFigures } from './api'
import { FigureDrawer } from './figure-drawer'
import { boundsText, changeOf, figureText, unitOf } from './figure-words'
import { SPANS, type OnSearch, type QualitySearch, type Span } from './search'

const SPAN_WORDS: Record<Span, string> = { 1: 'Heute', 7: '7 Tage', 30: '30 Tage', 90: '90 Tage' }
const GROUPS: { title: string; names: string[] }[] = [
  { title: 'Antworten', names: ['answers', 'refused_share', 'weak_share', 'gap_questions', 'cited_share', 'valid_citations', 'groundedness'] },
  { title: 'Menschen', names: ['useful_share', 'rephrased_share', 'repeat_contact', 'sentiment', 'negative_share', 'unknown_share', 'dwell_s'] },
  { title: 'Betrieb', names: ['latency_p50_ms', 'latency_p95_ms', 'cost_eur', 'intake_refused', 'events'] },
]

/** Every measured figure of a window, how sure it is, and what it was before. */
export function FiguresTab({ search, onSearch }: { search: QualitySearch; onSearch: OnSearch }) {
  const days = search.tage ?? 7
  const found = useFigures(days)
  const kpis = found.data?.kpis ?? []
  const named = new Set(GROUPS.flatMap(({ names }) => names))
  const groups = [...GROUPS, { title: 'Weitere', names: kpis.filter(({ name }) => !named.has(name)).map(({ name }) => name) }]
  return (
    <div className="grid gap-5">
      <div className="flex flex-wrap items-center gap-3">
        <Segmented label="Zeitraum" value={String(days)} onChange={(value) => onSearch({ tage: value === '7' ? undefined : (Number(value) as Span) })} options={SPANS.map((span) => ({ value: String(span), label: SPAN_WORDS[span] }))} />
        {found.data?.measured_to ? <p className="num text-xs text-muted">gemessen bis {formatTime(found.data.measured_to)}</p> : null}
        <MeasureButton />
      </div>
      <OldNews found={found} />
      {!found.data && !found.isError ? (
        <div role="status" aria-label="Kennzahlen werden geladen" className="grid grid-cols-2 gap-3 lg:grid-cols-4">
          {Array.from({ length: 8 }, (_, card) => (
            <Skeleton key={card} className="h-28 rounded-card" />
          ))}
        </div>
      ) : !found.data ? (
        <Fault error={found.error} onRetry={() => void found.refetch()} className="card" />
      ) : kpis.every(({ n }) => n === 0) ? (
        <Empty className="card" title={days === 1 ? 'Heute noch nichts gemessen' : `In ${days} Tagen nichts gemessen`}>
          Sobald jemand Luna fragt, entstehen hier Kennzahlen; gemessen wird jede Stunde. Frühere Werte zeigt ein längerer Zeitraum.
        </Empty>
      ) : (
        groups.map(({ title, names }) => <Group key={title} title={title} kpis={names.flatMap((name) => kpis.find((kpi) => kpi.name === name) ?? [])} onOpen={(kennzahl) => onSearch({ kennzahl })} />)
      )}
      <FigureDrawer search={search} onSearch={onSearch} />
    </div>
  )
}

function Group({ title, kpis, onOpen }: { title: string; kpis: KpiData[]; onOpen: (name: string) => void }) {
  if (kpis.length === 0) return null
  return (
    <section aria-label={title} className="grid gap-3">
      <h2 className="text-sm font-semibold">{title}</h2>
      <ul className="grid grid-cols-2 gap-3 lg:grid-cols-4">
        {kpis.map((kpi) => (
          <li key={kpi.name} className="grid min-w-0 grid-cols-1">
            <FigureCard kpi={kpi} onOpen={() => onOpen(kpi.name)} />
          </li>
        ))}
      </ul>
    </section>
  )
}

function FigureCard({ kpi, onOpen }: { kpi: KpiData; onOpen: () => void }) {
  const change = changeOf(kpi)
  const bounds = boundsText(kpi, kpi)
  return (
    <button type="button" onClick={onOpen} title={kpi.meaning} className="card grid min-w-0 content-start gap-1 px-4 py-3 text-left hover:border-brand">
      <span className="text-xs text-muted">{kpi.title}</span>
      <span className="num text-xl font-semibold tracking-[-0.01em]">
        {figureText(kpi, kpi.value)} {kpi.value === null ? null : <span className="text-xs font-normal text-muted">{unitOf(kpi, kpi.value)}</span>}
      </span>
      <span className="num text-2xs text-muted">
        {kpi.value === null ? 'zu wenig, um etwas zu sagen' : bounds}
        {kpi.kind === 'count' ? '' : ` · n\u00a0=\u00a0${formatCount(kpi.n)}`}
      </span>
      {change ? (
        <span className="flex flex-wrap items-center gap-x-1.5 gap-y-0.5 pt-0.5 text-2xs text-muted">
          <Badge shade={change.shade} className="h-5 text-2xs">
            {change.text}
          </Badge>{' '}
          ggü. vorher
        </span>
      ) : null}
    </button>
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
