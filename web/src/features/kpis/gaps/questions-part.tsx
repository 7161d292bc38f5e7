import { useState, type ReactNode } from 'react'
import type { GapStep, Unanswered } from '@/api/types'
import { formatAgo, formatTime } from '@/lib/format'
import { Tag } from '@/ui/badge'
import { Drawer } from '@/ui/dialog'
import { Select } from '@/ui/field'
import { Fault, Skeleton } from '@/ui/states'
import type { OnSearch, QualitySearch } from '../search'
import { useQuestion, useUnanswered } from './gaps-api'
import { LastStep } from './last-step'
import { Listing, StandBar, standingOf } from './listing'
import { Places } from './places'
import { Remedies } from './remedies'
import { placeName, WHYS } from './step-words'
import { Steps } from './steps'

const EMPTY: Record<Unanswered['state'], string> = {
  open: 'Es gibt keine einzelne Frage ohne gute Antwort.',
  answered: 'Noch keine Frage ist durch das, was Sie taten, beantwortet.',
  outside: 'Hier steht, was Sie mit „Gehört nicht hierher“ abgelegt haben.',
}

/** Questions that few asked, one by one, newest first. */
export function QuestionsPart({ search, onSearch, which }: { search: QualitySearch; onSearch: OnSearch; which: ReactNode }) {
  const state = standingOf(search, 'answered')
  const [why, setWhy] = useState<Unanswered['why'] | ''>('')
  const found = useUnanswered(state, why === '' ? undefined : why)
  return (
    <>
      <StandBar which={which} state={state} done="answered" onSearch={onSearch}>
        <Select aria-label="Was Luna sagte" className="w-auto" value={why} onChange={(event) => setWhy(event.target.value as Unanswered['why'] | '')}>
          <option value="">Alle</option>
          {Object.entries(WHYS).map(([value, label]) => (
            <option key={value} value={value}>
              {label}
            </option>
          ))}
        </Select>
      </StandBar>
      <p className="text-xs text-muted">Fragen der letzten 30 Tage, die Luna ablehnte, zurückfragte oder schwach beantwortete und die zu keinem Thema gehören. Gezeigt wird nur, wessen Auswertung zugestimmt wurde.</p>
      <Listing found={found} total={found.data?.total ?? 0} name="Einzelne Fragen" empty={{ title: 'Keine Fragen', text: EMPTY[state] }} first="Die neuesten">
        {found.data?.questions.map((one) => (
          <li key={one.answer_id}>
            <Row asked={one} onOpen={() => onSearch({ frage: one.answer_id })} />
          </li>
        ))}
      </Listing>
      <QuestionDrawer answerId={search.frage} onClose={() => onSearch({ frage: undefined })} />
    </>
  )
}

function Row({ asked, onOpen }: { asked: Unanswered; onOpen: () => void }) {
  return (
    <button type="button" onClick={onOpen} className="grid w-full gap-1.5 px-4 py-3 text-left hover:bg-sunken focus-visible:-outline-offset-2">
      <span className="line-clamp-2 text-sm font-medium [overflow-wrap:anywhere]">{asked.question}</span>
      <span className="flex flex-wrap items-center gap-1.5">
        <Tag>{WHYS[asked.why]}</Tag>
        <span className="num text-2xs text-muted">{formatAgo(asked.ts)}</span>
      </span>
      <Last steps={asked.steps} />
    </button>
  )
}

function Last({ steps }: { steps: GapStep[] }) {
  const last = steps.find((step) => step.undone_at === null)
  return last ? <LastStep step={last} /> : null
}

function QuestionDrawer({ answerId, onClose }: { answerId: string | undefined; onClose: () => void }) {
  const found = useQuestion(answerId)
  const asked = found.data
  return (
    <Drawer open={answerId !== undefined} onClose={onClose} title="Frage ohne gute Antwort" description={asked ? `${WHYS[asked.why]}, ${formatTime(asked.ts)}` : null}>
      {found.isError && !asked ? <Fault error={found.error} onRetry={() => void found.refetch()} /> : asked ? <Body key={asked.answer_id} asked={asked} /> : <Skeleton className="h-64" />}
    </Drawer>
  )
}

function Body({ asked }: { asked: Unanswered }) {
  const about = { answerId: asked.answer_id }
  const place = asked.steps.find((step) => step.what === 'place' && step.undone_at === null)?.place ?? null
  return (
    <div className="grid gap-5">
      <p className="text-sm font-medium [overflow-wrap:anywhere]">{asked.question}</p>
      {place ? <p className="text-sm [overflow-wrap:anywhere]">Das Dokument ist da, wurde aber nicht gefunden: {placeName(place)}. Ergänzen Sie zuerst Wörter.</p> : null}
      {asked.state === 'outside' ? null : <Remedies about={about} there={place !== null} question={asked.question} {...(place ? { named: placeName(place) } : {})} />}
      <Steps steps={asked.steps} />
      {asked.state === 'open' ? <Places about={about} named={place ? placeName(place) : null} /> : null}
    </div>
  )
}
