import { useState } from 'react'
import type { Ticket, TicketDetail, TicketPatch } from '@/api/types'
import { formatTime } from '@/lib/format'
import { ApiError } from '@/lib/http'
import { useSending } from '@/lib/use-sending'
import { actorName } from '@/lib/words'
import { Badge, Tag } from '@/ui/badge'
import { Button } from '@/ui/button'
import { Drawer } from '@/ui/dialog'
import { Field, Select, Textarea } from '@/ui/field'
import { Section } from '@/ui/page'
import { Fault, FaultLine, Skeleton } from '@/ui/states'
import { toast } from '@/ui/toast'
import { KINDS, TICKET_STATES } from '../alerts/alert-words'
import { changeTicket, useRenewAlerts, useTicket } from '../alerts/alerts-api'
import { useFigures } from '../api'
import { OwnerField } from './owner-field'
import { Questions } from '../questions'
import type { OnSearch, QualitySearch } from '../search'
import { changeWords, effectText, gainText, ticketText } from './ticket-words'
import { useRuleTitle } from '../use-watches'

/** A ticket: why it is there, what it should bring, who does what, and what happened so far. */
export function TicketDrawer({ search, onSearch }: { search: QualitySearch; onSearch: OnSearch }) {
  const found = useTicket(search.ticket)
  const ticket = found.data
  return (
    <Drawer
      open={search.ticket !== undefined}
      onClose={() => onSearch({ ticket: undefined })}
      title={ticket?.title ?? 'Ticket'}
      description={ticket ? <span className="num">Nr. {ticket.number}, eröffnet {formatTime(ticket.opened_at)} von {actorName(ticket.opened_by)}</span> : null}
      className="w-[min(680px,100vw)]"
    >
      {found.isError && !ticket ? <Fault error={found.error} onRetry={() => void found.refetch()} /> : ticket ? <Body key={ticket.ticket_id} ticket={ticket} onGap={(luecke) => onSearch({ teil: 'luecken', ticket: undefined, luecke })} /> : <Skeleton className="h-80" />}
    </Drawer>
  )
}

function Body({ ticket, onGap }: { ticket: TicketDetail; onGap: (gapId: string) => void }) {
  const title = useRuleTitle()
  const text = ticketText(ticket)
  return (
    <div className="grid gap-5">
      {ticket.cause_text ? <Cause ticket={ticket} onGap={() => onGap(ticket.gap_id ?? '')} /> : null}
      {text ? <p className="text-sm whitespace-pre-wrap [overflow-wrap:anywhere]">{text}</p> : null}
      <dl className="num grid gap-x-4 gap-y-1.5 text-sm sm:grid-cols-[auto_1fr]">
        <dt className="text-muted">Art</dt>
        <dd>{KINDS[ticket.kind]}</dd>
        {ticket.gain ? (
          <>
            <dt className="text-muted">Erwarteter Gewinn</dt>
            <dd>{gainText(ticket.gain)}</dd>
          </>
        ) : null}
        {ticket.effect ? (
          <>
            <dt className="text-muted">Gemessene Wirkung</dt>
            <dd>
              <Effect effect={ticket.effect} />
            </dd>
          </>
        ) : null}
        {ticket.gap_id ? (
          <>
            <dt className="text-muted">Wissenslücke</dt>
            <dd>
              <Button look="link" onClick={() => onGap(ticket.gap_id ?? '')}>
                {ticket.gap_terms.slice(0, 5).join(', ') || 'öffnen'}
              </Button>
            </dd>
          </>
        ) : null}
      </dl>
      {ticket.questions.length > 0 ? <Questions questions={ticket.questions} total={ticket.gap_questions} /> : null}
      <Change ticket={ticket} />
      {ticket.episodes.length > 0 ? (
        <Section title="Alarme">
          <ul className="card num divide-y divide-line text-sm">
            {ticket.episodes.map((episode) => (
              <li key={episode.episode_id} className="flex flex-wrap items-center gap-2 px-4 py-2">
                <Badge shade={episode.worst === 'critical' ? 'bad' : 'warn'}>{episode.worst === 'critical' ? 'kritisch' : 'Warnung'}</Badge>
                {title(episode.rule, episode.kpi)}{' '}
                <span className="text-xs text-muted">
                  {formatTime(episode.opened_at)}
                  {episode.ended_at ? ` bis ${formatTime(episode.ended_at)}` : ', dauert an'}
                </span>
              </li>
            ))}
          </ul>
        </Section>
      ) : null}
      <Section title="Verlauf">
        <ol className="grid gap-2 text-sm">
          {ticket.history.map((change) => (
            <li key={change.change_id} className="grid gap-0.5 border-l-2 border-line pl-3">
              <span className="num flex flex-wrap items-center gap-2 text-xs text-muted">
                {formatTime(change.at)} <Tag>{actorName(change.actor)}</Tag> {changeWords(change.what)}
              </span>
              {change.comment ? <span className="whitespace-pre-wrap [overflow-wrap:anywhere]">{change.comment}</span> : null}
            </li>
          ))}
        </ol>
      </Section>
    </div>
  )
}

/** Why its questions were not answered, and what to do first. */
function Cause({ ticket, onGap }: { ticket: TicketDetail; onGap: () => void }) {
  const there = ticket.cause === 'there' || ticket.cause === 'nearly'
  return (
    <div className="card grid gap-2 px-4 py-3" role="note">
      <p className="text-sm [overflow-wrap:anywhere]">{ticket.cause_text}</p>
      {ticket.cause === 'outside' ? null : (
        <Button size="sm" look={there ? 'primary' : 'outline'} className="w-fit" onClick={onGap}>
          {there ? 'Wörter ergänzen' : 'Dokument ergänzen'}
        </Button>
      )}
    </div>
  )
}

/** The figure before the ticket and now, in its unit. */
function Effect({ effect }: { effect: Record<string, unknown> }) {
  const figures = useFigures(7)
  return effectText(effect, figures.data?.kpis.find(({ name }) => name === effect.kpi))
}

/** What is chosen here holds until it is saved, whatever becomes of the ticket meanwhile. */
function Change({ ticket }: { ticket: TicketDetail }) {
  const renew = useRenewAlerts()
  const [moved, setMoved] = useState<Ticket['state'] | null>(null)
  const [handed, setHanded] = useState<Ticket['owner'] | null>(null)
  const [comment, setComment] = useState('')
  const { busy, fault, send } = useSending((error) => (error instanceof ApiError && error.status === 409 ? void renew() : undefined))
  const [state, owner] = [moved ?? ticket.state, handed ?? ticket.owner]
  const changed = state !== ticket.state || owner !== ticket.owner || comment.trim() !== ''
  const save = async (): Promise<void> => {
    const patch: TicketPatch = { version: ticket.version, ...(state === ticket.state ? {} : { state }), ...(owner === ticket.owner ? {} : { owner }), ...(comment.trim() ? { comment } : {}) }
    await changeTicket(ticket.ticket_id, patch)
    await renew()
    setMoved(null)
    setHanded(null)
    setComment('')
    toast('Gespeichert', 'ok', ticket.title)
  }
  return (
    <Section title="Bearbeiten">
      <div className="grid gap-3 sm:grid-cols-2">
        <Field label="Stand">
          {(ids) => (
            <Select {...ids} value={state} onChange={(event) => setMoved(event.target.value as Ticket['state'])}>
              {TICKET_STATES.map((one) => (
                <option key={one.state} value={one.state}>
                  {one.label}
                </option>
              ))}
            </Select>
          )}
        </Field>
        <OwnerField value={owner} onChange={setHanded} />
      </div>
      <Field label="Kommentar" hint="Angaben zu Personen werden vor dem Speichern ersetzt.">
        {(ids) => <Textarea {...ids} value={comment} maxLength={4000} onChange={(event) => setComment(event.target.value)} />}
      </Field>
      <FaultLine error={fault} />
      {fault instanceof ApiError && fault.facts.version !== undefined ? <p className="text-sm text-muted">Der Verlauf unten ist aktuell. Ihre Eingaben stehen noch hier; „Speichern“ trägt sie ein.</p> : null}
      <div className="flex justify-end">
        <Button look="primary" busy={busy} disabled={!changed} onClick={() => void send(save)}>
          Speichern
        </Button>
      </div>
    </Section>
  )
}
