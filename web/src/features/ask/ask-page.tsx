import { useQueryClient } from '@tanstack/react-query'
import { ArrowUpRight, History, MessageSquarePlus } from 'lucide-react'
import { useEffect, useRef, useState, type ReactNode } from 'react'
import type { Citation } from '@/api/types'
import { ConsentCard } from '@/consent'
import { SourceDrawer, type Place } from '@/source'
import { cn } from '@/lib/cn'
import { useTone } from '@/lib/tone'
import { usePhone, useWide } from '@/lib/wide'
import { Button } from '@/ui/button'
import { Moon } from '@/ui/moon'
import { usePageTitle } from '@/ui/page'
import { Fault, Skeleton } from '@/ui/states'
import { noteReading, useStarters, useStoredAnswer } from './api'
import { TurnView } from './answer-card'
import { Composer } from './composer'
import { ask, forgetTurns, stopTurn, useTurns } from './conversation'
import { HistoryDrawer } from './history-drawer'
import { hasKeyboard, useFollowEnd } from './follow'
import { fromRecord, type Filters } from './turns'

interface AskPageProps {
  user: string | null
  limit: number
  filters: Filters
  onFilters: (filters: Filters) => void
  /** A question to ask at once, as from the palette or the help drawer. */
  question?: string
  /** An answer from the history to show. */
  storedId?: string
  onShow: (storedId: string | undefined) => void
  checklist?: ReactNode
  /** A link to the page that a question is about. */
  pageOf?: (question: string) => ReactNode
}

export function AskPage({ user, limit, filters, onFilters, question, storedId, onShow, checklist, pageOf }: AskPageProps) {
  usePageTitle('Fragen')
  const queries = useQueryClient()
  const turns = useTurns()
  const [place, setPlace] = useReading(user)
  const [history, setHistory] = useState(false)
  const [draft, setDraft] = useState<{ text: string }>()
  const wide = useWide()
  const phone = usePhone()
  const input = useRef<HTMLTextAreaElement>(null)
  const send = (text: string, noEmergency = false): void => {
    onShow(undefined)
    ask(text, { ...filters, noEmergency }, () => {
      for (const key of ['answers', 'overview']) void queries.invalidateQueries({ queryKey: [key] })
    })
  }
  const sendAndGoOn = (text: string, noEmergency = false): void => {
    send(text, noEmergency)
    if (hasKeyboard()) input.current?.focus({ preventScroll: true })
  }
  const startAfresh = (): void => {
    forgetTurns()
    onShow(undefined)
  }
  useAskOnce(question, send)
  useFollowEnd(storedId ? [] : turns)
  const open = (citation: Citation): void => setPlace(placeOf(citation))
  const view = { person: user, onOpen: open, onAsk: sendAndGoOn, onChange: (text: string) => setDraft({ text }) }
  const answers = turns.filter(({ answer }) => answer !== null).length
  const fresh = turns.length === 0 && !storedId
  return (
    <div className={cn('flex flex-1 flex-col', place && wide && 'pr-[540px]')}>
      <div className="mx-auto flex w-full max-w-3xl flex-1 flex-col px-4 md:px-6">
        <div className="flex items-center justify-between gap-2 pt-4 md:pt-6">
          <h1 className={cn('text-xl font-semibold tracking-[-0.01em]', fresh && 'sr-only')}>Fragen</h1>
          <span className="ml-auto flex gap-2">
            {fresh ? null : (
              <Button size="sm" onClick={startAfresh}>
                <MessageSquarePlus aria-hidden /> Neu beginnen
              </Button>
            )}
            <Button size="sm" onClick={() => setHistory(true)}>
              <History aria-hidden /> Verlauf
            </Button>
          </span>
        </div>
        {fresh ? <Welcome checklist={checklist} /> : null}
        <ConsentCard person={user} small={phone || !fresh} />
        <div className={cn('grid grid-cols-1 content-start gap-7', fresh ? 'pt-5' : 'flex-1 py-5')} aria-live="off">
          {storedId ? <Stored id={storedId} {...view} /> : turns.map((turn) => <TurnView key={turn.id} turn={turn} {...view} answers={answers} pageOf={pageOf} onStop={() => stopTurn(turn.id)} />)}
        </div>
        <div className={cn('pb-2 max-md:sticky max-md:bottom-[calc(60px+env(safe-area-inset-bottom))] md:pb-6', fresh ? 'max-md:bg-bg max-md:pt-2' : 'bg-gradient-to-t from-bg from-75% to-transparent pt-4 md:sticky md:bottom-0')}>
          <Composer ref={input} onAsk={send} filters={filters} onFilters={onFilters} limit={limit} draft={draft} />
          <p className={cn('pt-2 text-center text-2xs text-muted', !fresh && 'max-md:hidden')}>Luna belegt jeden Satz. Prüfen Sie die Fundstelle, wenn es darauf ankommt.</p>
        </div>
        {fresh ? (
          <div className="flex-[1.2]">
            <Starters onAsk={sendAndGoOn} />
          </div>
        ) : null}
        <SourceDrawer place={place} onClose={() => setPlace(null)} />
        <HistoryDrawer
          person={user}
          open={history}
          onClose={() => setHistory(false)}
          onPick={(id) => {
            setHistory(false)
            onShow(id)
          }}
        />
      </div>
    </div>
  )
}

function placeOf(citation: Citation): Place {
  return {
    itemId: citation.item_id,
    version: citation.version,
    title: citation.title,
    start: citation.start,
    end: citation.end,
    page: citation.page,
    section: citation.section,
    score: citation.score,
    chunkId: citation.chunk_id,
  }
}

/** The open source; how long it was read is noted when it closes. */
function useReading(user: string | null): [Place | null, (place: Place | null) => void] {
  const [place, setPlace] = useState<Place | null>(null)
  useEffect(() => {
    if (!place) return
    const since = Date.now()
    return () => noteReading(user, place.itemId, place.chunkId, Date.now() - since)
  }, [place, user])
  return [place, setPlace]
}

function useAskOnce(question: string | undefined, send: (text: string) => void): void {
  const asked = useRef<string | undefined>(undefined)
  const latest = useRef(send)
  useEffect(() => {
    latest.current = send
  })
  useEffect(() => {
    if (!question || asked.current === question) return
    asked.current = question
    latest.current(question)
  }, [question])
}

interface StoredProps {
  id: string
  person: string | null
  onOpen: (citation: Citation) => void
  onAsk: (question: string, noEmergency?: boolean) => void
  onChange: (question: string) => void
}

function Stored({ id, ...view }: StoredProps) {
  const stored = useStoredAnswer(id)
  if (stored.isPending) return <Skeleton className="h-48" />
  if (stored.isError) return <Fault error={stored.error} onRetry={() => void stored.refetch()} />
  return <TurnView turn={fromRecord(stored.data)} {...view} answers={1} onStop={() => undefined} />
}

function greeting(): string {
  const hour = Number(new Intl.DateTimeFormat('de-DE', { timeZone: 'Europe/Berlin', hour: 'numeric', hourCycle: 'h23' }).format(new Date()).replace(/\D/g, ''))
  if (hour < 5) return 'Guten Abend'
  if (hour < 11) return 'Guten Morgen'
  return hour < 18 ? 'Guten Tag' : 'Guten Abend'
}

function Welcome({ checklist }: { checklist: ReactNode }) {
  const tone = useTone()
  return (
    <div className="grid flex-1 content-end gap-5 pt-6">
      {checklist}
      <div className="grid justify-items-center gap-3 pt-4 text-center">
        <Moon className="size-14" />
        <p className="text-2xl font-semibold tracking-[-0.015em]">{greeting()}. Was möchten Sie wissen?</p>
        <p className="max-w-md text-base text-muted">
          {tone('Ich lese Ihre Unterlagen, damit Sie es nicht müssen, und sage dazu, wo es steht.', 'Luna antwortet aus Ihren Unterlagen und nennt zu jedem Satz die Fundstelle.')}
        </p>
      </div>
    </div>
  )
}

function Starters({ onAsk }: { onAsk: (question: string) => void }) {
  const starters = useStarters()
  if (starters.isError) return null
  if (starters.isPending) {
    return (
      <div className="grid gap-2 sm:grid-cols-2">
        {[0, 1, 2, 3].map((slot) => (
          <Skeleton key={slot} className="h-14 rounded-card" />
        ))}
      </div>
    )
  }
  return (
    <ul className="grid gap-2 sm:grid-cols-2" aria-label="Vorschläge">
      {starters.data.questions.slice(0, 4).map((question) => (
        <li key={question}>
          <button
            type="button"
            onClick={() => onAsk(question)}
            className="card group flex h-full min-h-14 w-full items-center justify-between gap-3 px-4 py-2.5 text-left text-sm hover:border-brand hover:bg-brand-soft"
          >
            {question}
            <ArrowUpRight className="size-4 shrink-0 text-muted group-hover:text-brand" aria-hidden />
          </button>
        </li>
      ))}
    </ul>
  )
}
