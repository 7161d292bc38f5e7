import { Link } from '@tanstack/react-router'
import { CircleHelp } from 'lucide-react'
import { useState } from 'react'
import { useAdvice } from '@/advice'
import type { Meter } from '@/api/types'
import { useTone } from '@/lib/tone'
import { MeterPicker, useDataStream, useMeters, useNow } from '@/series'
import { Button, buttonLook } from '@/ui/button'
import { Page, Section } from '@/ui/page'
import { Popover } from '@/ui/popover'
import { Empty, Fault, Skeleton } from '@/ui/states'
import { AdviceCard } from './advice-card'
import { lacks } from './facts'
import { FactsDialog } from './facts-dialog'
import { FactsList } from './facts-list'
import { History } from './history'
import { PlanSection } from './plan-section'
import type { AdviceSearch } from './search'
import { useDecide } from './use-decide'

export interface AdvicePageProps {
  search: AdviceSearch
  /** Changes what is named; undefined takes it out of the address. */
  onSearch: (next: Partial<{ [key in keyof AdviceSearch]: AdviceSearch[key] | undefined }>) => void
  mayFeed: boolean
}

const TOP = 3
const MANY = 50

/** What is worth doing, why, what was decided, and what the numbers rest on. */
export function AdvicePage({ search, onSearch, mayFeed }: AdvicePageProps) {
  useDataStream()
  const now = useNow()
  const meters = useMeters()
  const [editing, setEditing] = useState<Meter | null>(null)
  const { busy, onDecide, onUndo } = useDecide()
  const all = meters.data?.meters ?? []
  return (
    <Page
      title="Empfehlungen"
      lead="Was sich lohnt, wie viel es bringt und worauf es beruht."
      actions={
        <>
          {all.length > 1 ? <MeterPicker meters={all} value={search.zaehler ?? ''} onChange={(zaehler) => onSearch({ zaehler: zaehler || undefined, empfehlung: undefined })} none="Alle Zähler" /> : null}
          <HowReckoned />
        </>
      }
    >
      {meters.isError ? (
        <Fault error={meters.error} onRetry={() => void meters.refetch()} />
      ) : meters.data && all.length === 0 ? (
        <NoMeters mayFeed={mayFeed} />
      ) : (
        <>
          <Open search={search} onSearch={onSearch} mayFeed={mayFeed} meters={all} onEdit={setEditing} busy={busy} onDecide={onDecide} />
          {meters.isPending ? (
            <Skeleton className="h-64 rounded-card" />
          ) : (
            <>
              <PlanSection meters={all} chosen={search.fahrplan ?? search.zaehler} onChoose={(fahrplan) => onSearch({ fahrplan })} mayFeed={mayFeed} onFacts={setEditing} now={now} />
              <History filter={search.verlauf} onFilter={(verlauf) => onSearch({ verlauf })} meterId={search.zaehler} busy={busy} onUndo={onUndo} now={now} />
              <FactsList meters={search.zaehler ? all.filter((meter) => meter.meter_id === search.zaehler) : all} mayFeed={mayFeed} onEdit={setEditing} />
            </>
          )}
        </>
      )}
      <FactsDialog meter={editing} onClose={() => setEditing(null)} />
    </Page>
  )
}

interface OpenProps extends AdvicePageProps {
  meters: Meter[]
  onEdit: (meter: Meter) => void
  busy: string | null
  onDecide: ReturnType<typeof useDecide>['onDecide']
}

function Open({ search, onSearch, mayFeed, meters, onEdit, busy, onDecide }: OpenProps) {
  const [many, setMany] = useState(false)
  const found = useAdvice({ state: ['open'], meterId: search.zaehler, limit: many || search.empfehlung ? MANY : TOP })
  if (found.isPending)
    return (
      <div role="status" aria-label="Empfehlungen werden geladen" className="grid gap-3">
        {Array.from({ length: TOP }, (_, row) => (
          <Skeleton key={row} className="h-36 rounded-card" />
        ))}
      </div>
    )
  if (found.isError) return <Fault error={found.error} onRetry={() => void found.refetch()} className="card" />
  const { recommendations, total } = found.data
  if (total === 0) return <Nothing mayFeed={mayFeed} meters={search.zaehler ? meters.filter((meter) => meter.meter_id === search.zaehler) : meters} onEdit={onEdit} />
  const wanted = recommendations.findIndex((one) => one.recommendation_id === search.empfehlung)
  const shown = many ? recommendations : recommendations.slice(0, Math.max(TOP, wanted + 1))
  return (
    <Section title={total > shown.length ? `Die ${shown.length} besten von ${total} offenen` : 'Offen'}>
      {shown.map((one, row) => (
        <AdviceCard
          key={one.recommendation_id}
          advice={one}
          rank={row + 1}
          open={search.empfehlung === one.recommendation_id}
          onOpen={(open) => onSearch({ empfehlung: open ? one.recommendation_id : undefined })}
          onDecide={(decision, reason) => onDecide(one, decision, reason)}
          busy={busy === one.recommendation_id}
        />
      ))}
      {total > shown.length || many ? (
        <Button look="ghost" className="justify-self-center text-brand" onClick={() => setMany(!many)}>
          {many ? 'Nur die drei besten' : `${total - shown.length} weitere zeigen`}
        </Button>
      ) : null}
    </Section>
  )
}

function Nothing({ mayFeed, meters, onEdit }: { mayFeed: boolean; meters: Meter[]; onEdit: (meter: Meter) => void }) {
  const tone = useTone()
  const short = meters.find((meter) => lacks(meter).length > 0)
  const missing = short ? lacks(short) : []
  return (
    <Empty
      className="card py-10"
      title="Zurzeit ist nichts offen"
      action={mayFeed && short ? <Button look="primary" onClick={() => onEdit(short)}>{`${missing[0]} eintragen`}</Button> : undefined}
    >
      {short
        ? `Bei ${plainNames(meters)} fehlen Angaben: ${[...new Set(meters.flatMap((meter) => lacks(meter)))].join(', ')}. Ohne sie lassen sich keine Beträge rechnen.${mayFeed ? '' : ' Eintragen kann sie, wer Nova verwaltet.'}`
        : tone('Alle Regeln sind geprüft, keine schlägt an. Auch das ist ein Ergebnis.', 'Alle Regeln sind geprüft, keine schlägt an.')}
    </Empty>
  )
}

function plainNames(meters: Meter[]): string {
  const count = meters.filter((meter) => lacks(meter).length > 0).length
  return count === 1 ? 'einem Zähler' : `${count} Zählern`
}

function NoMeters({ mayFeed }: { mayFeed: boolean }) {
  return (
    <Empty
      className="card"
      title="Ohne Zähler gibt es keine Empfehlungen"
      action={
        <Link to={mayFeed ? '/admin/daten' : '/fragen'} className={buttonLook({ look: 'primary' })}>
          {mayFeed ? 'Zähler anschließen' : 'Eine Frage stellen'}
        </Link>
      }
    >
      {mayFeed ? 'Schließen Sie Zähler an oder starten Sie den Simulator; die ersten Empfehlungen entstehen, sobald ein Tarif hinterlegt ist.' : 'Ihnen ist noch kein Zähler zugeordnet. Das übernimmt, wer Nova verwaltet.'}
    </Empty>
  )
}

function HowReckoned() {
  return (
    <Popover
      title="Wie wird gerechnet?"
      trigger={
        <Button>
          <CircleHelp aria-hidden /> So wird gerechnet
        </Button>
      }
    >
      <div className="grid gap-2 text-xs text-muted">
        <p>Feste Regeln prüfen alle sechs Stunden jeden Zähler: Messwerte, Tarif, Preise des nächsten Tages und die Anlage dahinter. Eine Regel schlägt nur an, wenn alles bekannt ist, was sie braucht.</p>
        <p>Beträge sind Erwartungen aus diesen Zahlen, brutto nach Ihrem Tarif, keine Zusagen. Unter „Warum?“ steht jede Zahl mit Zeitraum, Formel und Regel.</p>
        <p>Geordnet wird nach EUR. Nach „Passt nicht“ ruht eine Regel für diesen Zähler Wochen bis Monate, nach „Später“ Tage.</p>
      </div>
    </Popover>
  )
}
