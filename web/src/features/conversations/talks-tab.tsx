import { useState } from 'react'
import type { ConversationRow } from '@/api/types'
import { formatAgo, formatTime, plural } from '@/lib/format'
import { useTone } from '@/lib/tone'
import { sourceName } from '@/lib/words'
import { Badge, Tag } from '@/ui/badge'
import { Button } from '@/ui/button'
import { SearchField, Select } from '@/ui/field'
import { Pager } from '@/ui/pager'
import { Empty, Fault, OldNews, SkeletonRows } from '@/ui/states'
import type { TalkSearch, TalksPageProps } from './search'
import { TalkDrawer } from './talk-drawer'
import { pagesOf, useFound, useTalks, type TalkFilter } from './talks-api'
import { consentWords } from './words'

type Props = Pick<TalksPageProps, 'search' | 'onSearch'>

/** Conversations as they were kept, searchable by their words. */
export function TalksTab({ search, onSearch }: Props) {
  const [page, setPage] = useState(0)
  const filter: TalkFilter = { page, source: search.quelle, purpose: search.zweck }
  const found = useTalks(filter)
  const choose = (next: { quelle?: TalkSearch['quelle'] | undefined; zweck?: TalkSearch['zweck'] | undefined }): void => {
    setPage(0)
    onSearch(next)
  }
  // What was here was erased meanwhile, or the address asks for other conversations.
  if (page > 0 && found.data?.conversations.length === 0 && !found.isPlaceholderData) setPage(page - 1)
  const sources = Object.keys(found.data?.sources ?? {})
  return (
    <div className="grid gap-4">
      <div className="flex flex-wrap items-center gap-2">
        <SearchField label="Gespräche durchsuchen" value={search.suche ?? ''} onChange={(suche) => onSearch({ suche: suche || undefined })} className="w-full sm:w-80" />
        {!search.suche && (sources.length > 1 || search.quelle) ? (
          <Select aria-label="Quelle" value={filter.source ?? ''} onChange={(event) => choose({ quelle: event.target.value || undefined })}>
            <option value="">Alle Quellen</option>
            {sources.map((source) => (
              <option key={source} value={source}>
                {sourceName(source)}
              </option>
            ))}
          </Select>
        ) : null}
        {search.suche ? null : (
          <Select aria-label="Einwilligung" value={filter.purpose ?? ''} onChange={(event) => choose({ zweck: (event.target.value || undefined) as TalkFilter['purpose'] })}>
            <option value="">Jede Einwilligung</option>
            <option value="analytics">Güte messen</option>
            <option value="training">Daraus lernen</option>
          </Select>
        )}
      </div>
      {search.suche ? (
        <Passages query={search.suche} onOpen={(gespraech) => onSearch({ gespraech })} />
      ) : !found.data ? (
        found.isError ? <Fault error={found.error} onRetry={() => void found.refetch()} className="card" /> : <div className="card"><SkeletonRows /></div>
      ) : found.data.conversations.length === 0 ? (
        <Nothing filtered={filter.source !== undefined || filter.purpose !== undefined} onAll={() => choose({ quelle: undefined, zweck: undefined })} />
      ) : (
        <>
          <OldNews found={found} />
          <ul aria-label="Gespräche" className="card divide-y divide-line">
            {found.data.conversations.map((talk) => (
              <li key={talk.conversation_id}>
                <Line talk={talk} onOpen={() => onSearch({ gespraech: talk.conversation_id })} />
              </li>
            ))}
          </ul>
          <Pager at={filter.page} pages={pagesOf(found.data.total)} onPage={setPage} back="Neuere Gespräche" on="Ältere Gespräche">
            {plural(found.data.total, 'Gespräch', 'Gespräche')}
          </Pager>
        </>
      )}
      <TalkDrawer conversationId={search.gespraech} onClose={() => onSearch({ gespraech: undefined })} onReview={(eintrag) => onSearch({ teil: 'durchsicht', gespraech: undefined, eintrag })} />
    </div>
  )
}

function Line({ talk, onOpen }: { talk: ConversationRow; onOpen: () => void }) {
  return (
    <button type="button" onClick={onOpen} className="grid w-full gap-1 px-4 py-3 text-left hover:bg-sunken focus-visible:-outline-offset-2">
      <span className="line-clamp-2 text-sm font-medium [overflow-wrap:anywhere]">{talk.begins || '(ohne Text)'}</span>
      <span className="num flex flex-wrap items-center gap-1.5 text-xs text-muted">
        {formatAgo(talk.last_at)} · {sourceName(talk.source)} · {plural(talk.turns, 'Beitrag', 'Beiträge')}
        {talk.not_useful > 0 ? <Badge shade="bad" className="h-5 text-2xs">{talk.not_useful}x nicht hilfreich</Badge> : null}
        {talk.useful > 0 ? <Badge shade="ok" className="h-5 text-2xs">{talk.useful}x hilfreich</Badge> : null}
        {talk.purposes.length > 0 ? <Tag>{consentWords(talk.purposes).join(', ')}</Tag> : null}
      </span>
    </button>
  )
}

function Passages({ query, onOpen }: { query: string; onOpen: (conversationId: string) => void }) {
  const found = useFound(query)
  if (found.isPending) return <div className="card"><SkeletonRows /></div>
  if (found.isError) return <Fault error={found.error} onRetry={() => void found.refetch()} className="card" />
  if (found.data.passages.length === 0) return <Empty className="card" title="Nichts gefunden">Durchsucht werden Gespräche, deren Verfasser der Auswertung zugestimmt haben; neue kommen stündlich hinzu.</Empty>
  return (
    <ul aria-label="Fundstellen in Gesprächen" className="card divide-y divide-line">
      {found.data.passages.map((passage) => (
        <li key={passage.chunk_id}>
          <button type="button" onClick={() => onOpen(passage.conversation_id)} className="grid w-full gap-1 px-4 py-3 text-left hover:bg-sunken focus-visible:-outline-offset-2">
            <span className="line-clamp-3 text-sm whitespace-pre-wrap [overflow-wrap:anywhere]">{passage.text}</span>
            <span className="num text-xs text-muted">
              {formatTime(passage.started_at)} · {sourceName(passage.source)}
            </span>
          </button>
        </li>
      ))}
    </ul>
  )
}

function Nothing({ filtered, onAll }: { filtered: boolean; onAll: () => void }) {
  const tone = useTone()
  if (filtered)
    return (
      <Empty className="card" title="Mit dieser Auswahl gibt es keine Gespräche" action={<Button onClick={onAll}>Alle zeigen</Button>} />
    )
  return (
    <Empty className="card" title="Noch keine Gespräche">
      {tone('Wer nicht gefragt wird, ob er einverstanden ist, steht hier auch nicht. Sobald jemand einwilligt und fragt, erscheint es.', 'Gespräche erscheinen, sobald jemand einwilligt und Luna fragt oder ein Kanal sie anliefert.')}
    </Empty>
  )
}
