import { Plus } from 'lucide-react'
import { useState } from 'react'
import type { Ticket } from '@/api/types'
import { formatAgo, formatCount, plural } from '@/lib/format'
import { useTone } from '@/lib/tone'
import { Tag } from '@/ui/badge'
import { Button } from '@/ui/button'
import { Empty, Fault, FaultLine, OldNews, Skeleton } from '@/ui/states'
import { CAUSES, KINDS, OWNERS, TICKET_STATES } from '../alerts/alert-words'
import { useTicketCounts, useTickets } from '../alerts/alerts-api'
import { NewTicket } from './new-ticket'
import type { OnSearch, QualitySearch } from '../search'
import { TicketDrawer } from './ticket-drawer'

/** What follows from alerts and gaps, as a board: a column a state. */
export function TicketsTab({ search, onSearch }: { search: QualitySearch; onSearch: OnSearch }) {
  const [adding, setAdding] = useState(false)
  return (
    <div className="grid gap-4">
      <div className="flex flex-wrap items-center gap-3">
        <p className="text-sm text-muted">Nova eröffnet Tickets selbst, das günstigste Mittel zuerst: Wissen, dann Prompt, dann Rangfolge, zuletzt Training.</p>
        <Button size="sm" className="ml-auto" onClick={() => setAdding(true)}>
          <Plus aria-hidden /> Ticket
        </Button>
      </div>
      <Board onOpen={(ticket) => onSearch({ ticket })} />
      <TicketDrawer search={search} onSearch={onSearch} />
      <NewTicket open={adding} onClose={() => setAdding(false)} onOpened={(ticket) => onSearch({ ticket })} />
    </div>
  )
}

function Board({ onOpen }: { onOpen: (ticketId: string) => void }) {
  const found = useTicketCounts()
  const tone = useTone()
  if (!found.data) return found.isError ? <Fault error={found.error} onRetry={() => void found.refetch()} className="card" /> : <Skeleton className="h-80 rounded-card" />
  const { counts, total } = found.data
  if (total === 0) return <Empty className="card" title="Keine Tickets">{tone('Niemand hat etwas zu tun. Genießen Sie es.', 'Tickets entstehen aus Alarmen und Wissenslücken.')}</Empty>
  return (
    <>
      <OldNews found={found} />
      <div className="scroll-thin grid auto-cols-[minmax(210px,1fr)] lg:auto-cols-[minmax(170px,1fr)] grid-flow-col gap-3 overflow-x-auto pb-2" role="group" aria-label="Tickets nach Stand">
        {TICKET_STATES.map(({ state, label }) => (
          <Column key={state} state={state} label={label} count={counts[state] ?? 0} onOpen={onOpen} />
        ))}
      </div>
    </>
  )
}

/** So many tickets of a state are shown at first, and so many at most. */
const SHOWN = 50
const MOST = 500

function Column({ state, label, count, onOpen }: { state: Ticket['state']; label: string; count: number; onOpen: (ticketId: string) => void }) {
  const [limit, setLimit] = useState(SHOWN)
  const found = useTickets(state, limit, count > 0)
  const tickets = count > 0 ? (found.data?.tickets ?? []) : []
  const older = found.data ? count - tickets.length : 0
  return (
    <section aria-label={label} className="grid content-start gap-2">
      <h2 className="flex items-center gap-2 text-xs font-semibold text-muted">
        {label} <span className="num">{formatCount(count)}</span>
      </h2>
      {count === 0 || found.data ? null : found.isError ? <FaultLine error={found.error} /> : <Skeleton className="h-24 rounded-card" />}
      <ul className="grid gap-2">
        {tickets.map((ticket) => (
          <li key={ticket.ticket_id}>
            <Card ticket={ticket} onOpen={() => onOpen(ticket.ticket_id)} />
          </li>
        ))}
      </ul>
      {older > 0 && limit < MOST ? (
        <Button size="sm" look="ghost" onClick={() => setLimit(MOST)}>
          {plural(older, 'älteres', 'ältere')} zeigen
        </Button>
      ) : older > 0 ? (
        <p className="num text-xs text-muted">und {plural(older, 'älteres', 'ältere')}</p>
      ) : null}
    </section>
  )
}

function Card({ ticket, onOpen }: { ticket: Ticket; onOpen: () => void }) {
  return (
    <button type="button" onClick={onOpen} className="card grid w-full gap-1.5 px-3 py-2.5 text-left hover:border-brand focus-visible:-outline-offset-2">
      <span className="num text-2xs text-muted">
        Nr. {ticket.number} · {formatAgo(ticket.changed_at)}
      </span>
      <span className="text-sm font-medium [overflow-wrap:anywhere]">{ticket.title}</span>
      <span className="flex flex-wrap gap-1.5">
        <Tag>{KINDS[ticket.kind]}</Tag>
        <Tag>{OWNERS.find(({ owner }) => owner === ticket.owner)?.label ?? ticket.owner}</Tag>
        {ticket.cause ? <Tag>{CAUSES[ticket.cause]}</Tag> : null}
        {ticket.gap_questions > 0 ? <Tag>{plural(ticket.gap_questions, 'Frage', 'Fragen')}</Tag> : null}
      </span>
    </button>
  )
}
