import { Link } from '@tanstack/react-router'
import type { Handover, HandoverBox, HandoverState } from '@/api/types'
import { HANDOVERS_A_PAGE, useHandovers } from '@/handovers'
import { formatDay, plural } from '@/lib/format'
import { useMay } from '@/lib/may'
import { useTone } from '@/lib/tone'
import { Badge, StateBadge, Tag } from '@/ui/badge'
import { Button, buttonLook } from '@/ui/button'
import { Page } from '@/ui/page'
import { Pager } from '@/ui/pager'
import { Segmented } from '@/ui/segmented'
import { Empty, Fault, OldNews, SkeletonRows } from '@/ui/states'
import { Tabs } from '@/ui/tabs'
import { HandoverDrawer } from './handover-drawer'
import type { HandoverSearch, OnSearch } from './search'
import { DueBadge } from './due-badge'
import { handoverState, subjectOf, wayOf } from './words'

interface Props {
  /** Null for the operator's key. */
  user: string | null
  search: HandoverSearch
  onSearch: OnSearch
}

/** Conversations that go on with a person: what lies with one, and what one handed over. */
export function HandoversPage({ user, search, onSearch }: Props) {
  const serves = useMay()('serve')
  const lead = serves ? 'Gespräche mit Luna, die ein Mensch weiterführt.' : 'Was Sie aus Gesprächen mit Luna an Menschen übergeben haben.'
  if (user === null) {
    return (
      <Page title="Übergaben" lead={lead}>
        <Empty className="card" title="Der Betriebsschlüssel führt keine Gespräche">
          Übergeben und übernehmen kann, wer mit Namen angemeldet ist.
        </Empty>
      </Page>
    )
  }
  const own = { user, search, onSearch }
  return (
    <Page title="Übergaben" lead={lead}>
      {serves ? (
        <Tabs
          label="Richtung"
          value={search.teil ?? 'eingang'}
          onChange={(teil) => onSearch({ teil: teil === 'gesendet' ? teil : undefined, seite: undefined })}
          tabs={[
            { value: 'eingang', label: 'Eingang', content: <Box box="in" {...own} /> },
            { value: 'gesendet', label: 'Von Ihnen übergeben', content: <Box box="out" {...own} /> },
          ]}
        />
      ) : (
        <Box box="out" {...own} />
      )}
      <HandoverDrawer id={search.uebergabe} user={user} onClose={() => onSearch({ uebergabe: undefined })} />
    </Page>
  )
}

interface BoxProps {
  box: HandoverBox
  user: string
  search: HandoverSearch
  onSearch: OnSearch
}

/** What is not at its end: for the sender also what came back. */
const OPEN: Record<HandoverBox, HandoverState[]> = { in: ['open', 'taken'], out: ['open', 'taken', 'returned'] }

function Box({ box, user, search, onSearch }: BoxProps) {
  const all = search.auswahl === 'alle'
  const page = (search.seite ?? 1) - 1
  const found = useHandovers({ box, state: all ? [] : OPEN[box], page })
  const to = (at: number): void => onSearch({ seite: at === 0 ? undefined : at + 1 })
  // What was here has moved on meanwhile.
  const past = page > 0 && found.data?.handovers.length === 0 && !found.isPlaceholderData
  return (
    <div className="grid gap-4">
      <OldNews found={found} />
      <Segmented
        label="Welche"
        value={all ? 'alle' : 'offen'}
        onChange={(next) => onSearch({ auswahl: next === 'alle' ? next : undefined, seite: undefined })}
        options={[
          { value: 'offen', label: 'Offene' },
          { value: 'alle', label: 'Alle' },
        ]}
      />
      {!found.data ? (
        found.isError ? <Fault error={found.error} onRetry={() => void found.refetch()} className="card" /> : <div className="card"><SkeletonRows rows={4} /></div>
      ) : past ? (
        <Empty className="card" title="Diese Seite ist leer geworden" action={<Button onClick={() => to(0)}>Zur ersten Seite</Button>} />
      ) : found.data.handovers.length === 0 ? (
        <Nothing box={box} all={all} onAll={() => onSearch({ auswahl: 'alle', seite: undefined })} />
      ) : (
        <>
          <ul aria-label={box === 'in' ? 'Eingang' : 'Von Ihnen übergeben'} className="card divide-y divide-line">
            {found.data.handovers.map((one) => (
              <li key={one.handover_id}>
                <Line one={one} user={user} onOpen={() => onSearch({ uebergabe: one.handover_id })} />
              </li>
            ))}
          </ul>
          <Pager at={page} pages={Math.ceil(found.data.total / HANDOVERS_A_PAGE)} onPage={to} back="Vorige Übergaben" on="Weitere Übergaben">
            {plural(found.data.total, 'Übergabe', 'Übergaben')}
          </Pager>
        </>
      )}
    </div>
  )
}

function Line({ one, user, onOpen }: { one: Handover; user: string; onOpen: () => void }) {
  return (
    <button type="button" onClick={onOpen} className="grid w-full gap-1.5 px-4 py-3 text-left hover:bg-sunken focus-visible:-outline-offset-2">
      <span className="line-clamp-2 text-sm font-medium [overflow-wrap:anywhere]">{subjectOf(one)}</span>
      <span className="flex flex-wrap items-center gap-1.5">
        <StateBadge word={handoverState(one.state)} />
        {one.kind === 'complaint' ? <Badge>Beschwerde</Badge> : null}
        <DueBadge one={one} />
        {one.answers > 1 ? <Tag className="num">{plural(one.answers, 'Frage', 'Fragen')}</Tag> : null}
      </span>
      <span className="num text-xs text-muted [overflow-wrap:anywhere]">
        {wayOf(one, user)} · {formatDay(one.made_at)}
      </span>
    </button>
  )
}

function Nothing({ box, all, onAll }: { box: HandoverBox; all: boolean; onAll: () => void }) {
  const tone = useTone()
  const ask = (
    <Link to="/fragen" className={buttonLook({ look: 'primary' })}>
      Zu den Fragen
    </Link>
  )
  if (!all) {
    return (
      <Empty className="card" title="Nichts offen" action={<Button onClick={onAll}>Alle zeigen</Button>}>
        {box === 'in' ? tone('Niemand wartet auf Sie. Das darf auch einmal so sein.', 'Niemand wartet auf eine Antwort.') : 'Was Sie übergeben, steht hier, bis es erledigt ist.'}
      </Empty>
    )
  }
  return box === 'in' ? (
    <Empty className="card" title="Noch nichts übergeben">Was Kundschaft oder Kolleginnen und Kollegen übergeben, erscheint hier.</Empty>
  ) : (
    <Empty className="card" title="Sie haben nichts übergeben" action={ask}>
      Unter jeder Antwort steht „Übergeben“: Dann führt ein Mensch das Gespräch weiter.
    </Empty>
  )
}
