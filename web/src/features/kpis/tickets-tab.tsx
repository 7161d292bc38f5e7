import { Plus } from 'lucide-react'
import { useState } from 'react'
import type { Ticket } from '@/api/types'
import { formatAgo, plural } from '@/lib/format'
import { useTone } from '@/lib/tone'
import { Tag } from '@/ui/badge'
import { Button } from '@/ui/button'
import { Empty, Fault, Skeleton } from '@/ui/states'
import { KINDS, OWNERS, TICKET_STATES } from './alert-words'
import { useTickets } from './alerts-api'
import { NewTicket } from './new-ticket'
import type { OnSearch, QualitySearch } from './search'
import { TicketDrawer } from './ticket-drawer'

/** What follows from alerts and gaps, as a board: a column a state. */
export function TicketsTab({ search, onSearch }: { search: QualitySearch; onSearch: OnSearch }) {
  const found = useTickets()
  const tone = useTone()
  const [adding, setAdding] = useState(false)
  if (found.isPending) return <Skeleton className="h-80 rounded-card" />
  if (found.isError) return <Fault error={found.error} onRetry={() => void found.refetch()} className="card" />
  const { tickets, counts } = found.data
  return (
    <div className="grid gap-4">
      <div className="flex flex-wrap items-center gap-3">
        <p className="text-sm text-muted">Nova eröffnet Tickets selbst, das günstigste Mittel zuerst: Wissen, dann Prompt, dann Rangfolge, zuletzt Training.</p>
        <Button size="sm" className="ml-auto" onClick={() => setAdding(true)}>
          <Plus aria-hidden /> Ticket
        </Button>
      </div>
      {tickets.length === 0 ? (
        <Empty className="card" title="Keine Tickets">{tone('Niemand hat etwas zu tun. Genießen Sie es.', 'Tickets entstehen aus Alarmen und Wissenslücken.')}</Empty>
      ) : (
        <div className="scroll-thin grid auto-cols-[minmax(210px,1fr)] lg:auto-cols-[minmax(170px,1fr)] grid-flow-col gap-3 overflow-x-auto pb-2" role="group" aria-label="Tickets nach Stand">
          {TICKET_STATES.map(({ state, label }) => (
            <section key={state} aria-label={label} className="grid content-start gap-2">
              <h2 className="flex items-center gap-2 text-xs font-semibold text-muted">
                {label} <span className="num">{counts[state] ?? 0}</span>
              </h2>
              <ul className="grid gap-2">
                {tickets
                  .filter((ticket) => ticket.state === state)
                  .map((ticket) => (
                    <li key={ticket.ticket_id}>
                      <Card ticket={ticket} onOpen={() => onSearch({ ticket: ticket.ticket_id })} />
                    </li>
                  ))}
              </ul>
            </section>
          ))}
        </div>
      )}
      <TicketDrawer search={search} onSearch={onSearch} />
      <NewTicket open={adding} onClose={() => setAdding(false)} onOpened={(ticket) => onSearch({ ticket })} />
    </div>
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
        {ticket.gap_questions > 0 ? <Tag>{plural(ticket.gap_questions, 'Frage', 'Fragen')}</Tag> : null}
      </span>
    </button>
  )
}
