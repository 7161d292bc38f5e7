import { Plus } from 'lucide-react'
import { useState, type ReactNode } from 'react'
import type { Gap, GapDetail } from '@/api/types'
import { formatShare, formatTime, plural } from '@/lib/format'
import { useMay } from '@/lib/may'
import { useTone } from '@/lib/tone'
import { Badge, StateBadge, Tag } from '@/ui/badge'
import { Button } from '@/ui/button'
import { Drawer } from '@/ui/dialog'
import { Segmented } from '@/ui/segmented'
import { Fault, Skeleton } from '@/ui/states'
import { Questions } from '../questions'
import type { OnSearch, QualitySearch } from '../search'
import { NewTicket } from '../tickets/new-ticket'
import { useGap, useGaps } from './gaps-api'
import { LastStep } from './last-step'
import { Listing, StandBar, standingOf } from './listing'
import { Places } from './places'
import { QuestionsPart } from './questions-part'
import { Remedies } from './remedies'
import { causeText, causeWord, placeName } from './step-words'
import { Steps } from './steps'
import { Trends } from './trends'

const RARE = 'seltene Wörter (nicht gezeigt)'
const EMPTY: Record<Gap['state'], { title: string; text: string }> = {
  open: { title: 'Keine Wissenslücken', text: 'Lücken entstehen, wenn ähnliche Fragen wiederholt schwach beantwortet werden.' },
  closed: { title: 'Noch keine geschlossene Lücke', text: 'Eine Lücke schließt sich, wenn ihre Fragen beantwortet werden.' },
  outside: { title: 'Nichts, was nicht hierher gehört', text: 'Hier steht, was Sie mit „Gehört nicht hierher“ abgelegt haben.' },
}

/** What people ask and the documents do not answer: in clusters, the weightiest first, or one by one where few ask the same. */
export function GapsTab({ search, onSearch }: { search: QualitySearch; onSearch: OnSearch }) {
  const may = useMay()
  const single = search.fragen === 'einzeln' && may('review')
  const which = may('review') ? (
    <Segmented
      label="Was gezeigt wird"
      value={single ? 'einzeln' : 'themen'}
      onChange={(next) => onSearch({ fragen: next === 'einzeln' ? 'einzeln' : undefined, stand: undefined, luecke: undefined, frage: undefined })}
      options={[
        { value: 'themen', label: 'Themen' },
        { value: 'einzeln', label: 'Einzelne Fragen' },
      ]}
    />
  ) : null
  return <div className="grid gap-4">{single ? <QuestionsPart search={search} onSearch={onSearch} which={which} /> : <GapsPart search={search} onSearch={onSearch} which={which} />}</div>
}

function GapsPart({ search, onSearch, which }: { search: QualitySearch; onSearch: OnSearch; which: ReactNode }) {
  const state = standingOf(search, 'closed')
  const found = useGaps(state)
  const tone = useTone()
  const empty = state === 'open' ? { title: EMPTY.open.title, text: tone('Entweder wissen Ihre Unterlagen alles, oder es fragt noch niemand.', EMPTY.open.text) } : EMPTY[state]
  return (
    <>
      <StandBar which={which} state={state} done="closed" onSearch={onSearch} />
      <Trends />
      <Listing found={found} total={found.data?.total ?? 0} name="Wissenslücken" empty={empty} first="Die gewichtigsten">
        {found.data?.gaps.map((gap) => (
          <li key={gap.gap_id}>
            <Row gap={gap} onOpen={() => onSearch({ luecke: gap.gap_id })} />
          </li>
        ))}
      </Listing>
      <GapDrawer gapId={search.luecke} onClose={() => onSearch({ luecke: undefined })} onTicket={(ticket) => onSearch({ teil: 'tickets', luecke: undefined, ticket })} />
    </>
  )
}

function Row({ gap, onOpen }: { gap: Gap; onOpen: () => void }) {
  const cause = causeWord(gap)
  return (
    <button type="button" onClick={onOpen} className="grid w-full gap-1.5 px-4 py-3 text-left hover:bg-sunken focus-visible:-outline-offset-2">
      <span className="flex flex-wrap items-center gap-1.5">
        <Terms gap={gap} most={6} />
        {gap.rising.length > 0 ? <Badge shade="warn">im Aufwind</Badge> : null}
        {cause ? <StateBadge word={cause} className="ml-auto" /> : null}
      </span>
      <span className="num text-xs text-muted">
        {plural(gap.questions, 'Frage', 'Fragen')} von {plural(gap.people, 'Person', 'Personen')} · zuletzt {formatTime(gap.last_at)}
      </span>
      {gap.last_step ? <LastStep step={gap.last_step} /> : null}
    </button>
  )
}

function Terms({ gap, most }: { gap: Gap; most: number }) {
  return gap.terms.length > 0 ? gap.terms.slice(0, most).map((term) => <Tag key={term}>{term}</Tag>) : <span className="text-sm text-muted">{RARE}</span>
}

function GapDrawer({ gapId, onClose, onTicket }: { gapId: string | undefined; onClose: () => void; onTicket: (ticketId: string) => void }) {
  const found = useGap(gapId)
  const gap = found.data
  return (
    <Drawer open={gapId !== undefined} onClose={onClose} title="Wissenslücke" description={gap ? `${plural(gap.questions, 'Frage', 'Fragen')}, Schwäche ${formatShare(gap.weakness)} (100 %: keine Antwort)` : null}>
      {found.isError && !gap ? <Fault error={found.error} onRetry={() => void found.refetch()} /> : gap ? <Body key={gap.gap_id} gap={gap} onTicket={onTicket} /> : <Skeleton className="h-64" />}
    </Drawer>
  )
}

function Body({ gap, onTicket }: { gap: GapDetail; onTicket: (ticketId: string) => void }) {
  const may = useMay()
  const [adding, setAdding] = useState(false)
  const about = { gapId: gap.gap_id }
  const cause = causeWord(gap)
  const told = causeText(gap)
  return (
    <div className="grid gap-5">
      <div className="grid gap-2">
        <p className="flex flex-wrap items-center gap-1.5">
          <Terms gap={gap} most={20} />
        </p>
        {gap.rising.length > 0 ? <p className="text-sm">Zuletzt fragen mehr Menschen nach: {gap.rising.join(', ')}.</p> : null}
        {gap.idea ? (
          <p className="text-sm [overflow-wrap:anywhere]">
            Ein Entwurf könnte handeln von „{gap.idea.terms}“; am nächsten ist „{gap.idea.nearest}“.
          </p>
        ) : null}
        {cause ? (
          <p className="flex flex-wrap items-center gap-2 text-sm">
            <StateBadge word={cause} />
            {told ? <span className="[overflow-wrap:anywhere]">{told}</span> : null}
          </p>
        ) : null}
      </div>
      {gap.state === 'outside' ? null : <Remedies about={about} there={gap.place !== null} {...(gap.place ? { named: placeName(gap.place) } : {})} />}
      <Steps steps={gap.steps} />
      {gap.asked.length > 0 ? <Questions questions={gap.asked} total={gap.questions} /> : null}
      {gap.state === 'open' && may('review') ? <Places about={about} named={gap.place && gap.place_source === 'editor' ? placeName(gap.place) : null} /> : null}
      {gap.state === 'open' ? (
        <Button className="w-fit" onClick={() => setAdding(true)}>
          <Plus aria-hidden /> Ticket eröffnen
        </Button>
      ) : null}
      <NewTicket open={adding} onClose={() => setAdding(false)} onOpened={onTicket} gapId={gap.gap_id} title={titleOf(gap)} />
    </div>
  )
}

function titleOf(gap: Gap): string {
  const head = gap.place ? 'Da, aber nicht gefunden' : 'Unterlagen fehlen'
  return gap.terms.length > 0 ? `${head}${gap.place ? '' : ' zu'}: ${gap.terms.slice(0, 4).join(', ')}` : head
}
