import { FileDown } from 'lucide-react'
import { useState } from 'react'
import type { HandedAnswer, HandoverDetail, HandoverMove } from '@/api/types'
import { moveHandover, useHandover, useRenewHandovers } from '@/handovers'
import { formatTime, plural } from '@/lib/format'
import { path } from '@/lib/http'
import { useMay } from '@/lib/may'
import { shortTitle } from '@/lib/titles'
import { useSending } from '@/lib/use-sending'
import { worded } from '@/lib/veil'
import { SourceDrawer, type Place } from '@/source'
import { Badge, StateBadge, Tag } from '@/ui/badge'
import { Button, buttonLook } from '@/ui/button'
import { Confirm, Drawer } from '@/ui/dialog'
import { Section } from '@/ui/page'
import { Fault, FaultLine, Skeleton } from '@/ui/states'
import { toast } from '@/ui/toast'
import { Veiled } from '@/ui/veiled'
import { DueBadge } from './due-badge'
import { complaintText, handoverState, isKept, numbered, stepsOf, subjectOf, wayOf } from './words'

interface Props {
  id: string | undefined
  user: string
  onClose: () => void
}

/** One handover: what was asked and answered, on what that rests, and what can be done. */
export function HandoverDrawer({ id, user, onClose }: Props) {
  const [last, setLast] = useState(id)
  if (id !== undefined && id !== last) setLast(id)
  const found = useHandover(id ?? last)
  const one = found.data
  return (
    <Drawer
      open={id !== undefined}
      onClose={onClose}
      title={one ? subjectOf(one) : 'Übergabe'}
      description={one ? <span className="num">{`${wayOf(one, user)} · ${formatTime(one.made_at)}`}</span> : null}
      className="w-[min(680px,100vw)]"
      footer={one ? <Steps key={one.handover_id} one={one} user={user} /> : null}
    >
      {one ? <Body one={one} /> : found.isError ? <Fault error={found.error} onRetry={() => void found.refetch()} /> : <Skeleton className="h-80" />}
    </Drawer>
  )
}

function Body({ one }: { one: HandoverDetail }) {
  const [place, setPlace] = useState<Place | null>(null)
  return (
    <div className="grid gap-5">
      <div className="grid gap-2">
        <p className="flex flex-wrap items-center gap-1.5">
          <StateBadge word={handoverState(one.state)} />
          <Badge>{one.kind === 'complaint' ? 'Beschwerde' : 'Frage'}</Badge>
          <DueBadge one={one} />
        </p>
        {one.kind === 'complaint' ? <p className="num text-sm">{complaintText(one)}</p> : null}
        {one.state === 'returned' ? <p className="text-sm text-warn">Die Person arbeitet nicht mehr hier. Nehmen Sie die Übergabe zurück, und übergeben Sie noch einmal.</p> : null}
        {one.done_at ? <p className="num text-xs text-muted">Erledigt {formatTime(one.done_at)}</p> : null}
      </div>
      {one.note ? (
        <Section title="Notiz">
          <p className="rounded-control bg-sunken px-4 py-3 text-sm whitespace-pre-wrap [overflow-wrap:anywhere]">
            <Veiled text={one.note} />
          </p>
        </Section>
      ) : null}
      <Section title={one.turns.length === 1 ? 'Frage und Antwort' : plural(one.turns.length, 'Frage und Antwort', 'Fragen und Antworten')}>
        {one.turns.length === 0 ? <p className="text-sm text-muted">Davon ist nichts mehr gespeichert.</p> : null}
        <ol aria-label="Fragen und Antworten" className="grid gap-5">
          {one.turns.map((turn) => (
            <Turn key={turn.answer_id} turn={turn} onPlace={setPlace} />
          ))}
        </ol>
      </Section>
      <SourceDrawer place={place} onClose={() => setPlace(null)} />
    </div>
  )
}

function Turn({ turn, onPlace }: { turn: HandedAnswer; onPlace: (place: Place) => void }) {
  const serves = useMay()('serve')
  if (!isKept(turn)) return <li className="card px-4 py-3 text-sm text-muted">Der Wortlaut ist nicht gespeichert, weil die Einwilligung dazu fehlt.</li>
  return (
    <li className="card grid gap-3 px-4 py-3">
      <p className="text-sm font-semibold [overflow-wrap:anywhere]">
        <Veiled text={turn.question} />
      </p>
      {turn.status === 'refused' ? <Tag className="w-fit">nicht beantwortet</Tag> : null}
      <p className="text-base leading-[1.7] whitespace-pre-wrap [overflow-wrap:anywhere]">
        <Veiled text={numbered(turn)} />
      </p>
      {turn.citations.length > 0 ? (
        <ul aria-label="Quellen" className="grid gap-2.5">
          {turn.citations.map((citation) => (
            <li key={citation.number} className="grid justify-items-start gap-1 border-l-2 border-gold pl-3">
              <button type="button" className="num text-left text-xs font-medium text-brand hover:underline" onClick={() => onPlace(placeOf(citation))}>
                {`[${citation.number}] `}
                {[shortTitle(citation.title), citation.section, citation.page === null ? '' : `Seite ${citation.page}`].filter(Boolean).join(' · ')}
              </button>
              <span className="line-clamp-6 text-sm whitespace-pre-line text-muted [overflow-wrap:anywhere]">{citation.quote}</span>
            </li>
          ))}
        </ul>
      ) : null}
      <p className="flex flex-wrap items-center justify-between gap-2 border-t border-line pt-2.5">
        <span className="num text-xs text-muted">{formatTime(turn.ts)}</span>
        {serves ? (
          <a className={buttonLook({ size: 'sm' })} href={path(`/rag/answers/${turn.answer_id}/letter`)} download aria-label={`Briefentwurf (Word): ${worded(turn.question)}`}>
            <FileDown aria-hidden /> Briefentwurf (Word)
          </a>
        ) : null}
      </p>
    </li>
  )
}

function placeOf(citation: HandedAnswer['citations'][number]): Place {
  const { item_id: itemId, version, title, start, end, page, section, chunk_id: chunkId } = citation
  return { itemId, version, title, start, end, page, section, score: null, chunkId }
}

const LABELS: Record<HandoverMove, string> = { taken: 'Übernehmen', done: 'Erledigt', open: 'Zurückgeben', withdrawn: 'Zurücknehmen' }
const SAID: Record<HandoverMove, string> = { taken: 'Sie haben es übernommen.', done: 'Erledigt.', open: 'Zurückgegeben. Andere können es übernehmen.', withdrawn: 'Zurückgenommen.' }

/** What is done with a press, and what is asked about first because it cannot be undone. */
function Steps({ one, user }: { one: HandoverDetail; user: string }) {
  const steps = stepsOf(one, user, useMay()('serve'))
  const renew = useRenewHandovers()
  const { busy, fault, send } = useSending()
  const [asking, setAsking] = useState<'done' | 'withdrawn' | null>(null)
  const move = async (state: HandoverMove): Promise<void> => {
    try {
      await moveHandover(one.handover_id, state)
      toast(SAID[state])
    } finally {
      await renew()
    }
  }
  return (
    <>
      {steps.length === 0 ? <span className="text-xs text-muted">{one.state === 'open' || one.state === 'taken' ? 'Darum kümmert sich jemand anderes.' : 'Hier ist nichts mehr zu tun.'}</span> : null}
      <FaultLine error={fault} className="basis-full" />
      <span className="flex flex-wrap gap-2">
        {steps.map((step) => (
          <Button
            key={step}
            look={step === 'taken' || (step === 'done' && one.state === 'taken') ? 'primary' : 'outline'}
            busy={busy}
            onClick={() => (step === 'done' || step === 'withdrawn' ? setAsking(step) : void send(() => move(step)))}
          >
            {LABELS[step]}
          </Button>
        ))}
      </span>
      <Confirm open={asking === 'done'} onClose={() => setAsking(null)} title="Erledigt?" action="Erledigt" onConfirm={() => move('done')}>
        Es steht danach nicht mehr unter den offenen und lässt sich nicht wieder öffnen.
      </Confirm>
      <Confirm open={asking === 'withdrawn'} onClose={() => setAsking(null)} title="Übergabe zurücknehmen?" action="Zurücknehmen" onConfirm={() => move('withdrawn')}>
        Niemand sonst sieht das Gespräch dann noch, und die Notiz wird gelöscht.
      </Confirm>
    </>
  )
}
