import { Link } from '@tanstack/react-router'
import { Check, CornerDownRight, Forward, RotateCcw, Square } from 'lucide-react'
import { lazy, Suspense, useState, type ReactNode } from 'react'
import type { Citation, Fact } from '@/api/types'
import { formatMs, plural } from '@/lib/format'
import { useTone } from '@/lib/tone'
import { isVeiled, worded } from '@/lib/veil'
import { kindName } from '@/lib/words'
import { Tag } from '@/ui/badge'
import { Button } from '@/ui/button'
import { CopyButton } from '@/ui/copy'
import { Moon } from '@/ui/moon'
import { Skeleton, TraceId } from '@/ui/states'
import { Veiled, VeiledNote } from '@/ui/veiled'
import { AnswerText } from './answer-text'
import { CitationChip } from './citation-chip'
import { FactChip } from './fact-chip'
import { EmergencyNotice } from './emergency-notice'
import { mainFact } from './facts'
import { FeedbackBar } from './feedback-bar'
import { HandOverDialog, type Handable } from './hand-over'
import { asText, type Turn } from './turns'

const FactChart = lazy(() => import('./fact-chart'))
/** More numbers than these are folded away. */
const SHOWN_FACTS = 4

interface TurnProps {
  turn: Turn
  /** Who may hand it over; null for the operator's key, which is nobody. */
  person: string | null
  /** How many answers of its conversation there are so far. */
  answers: number
  onOpen: (citation: Citation) => void
  onAsk: (question: string, noEmergency?: boolean) => void
  /** Puts a question into the input, to be changed before it is asked. */
  onChange: (question: string) => void
  onStop: () => void
  /** A link to the page that its question is about. */
  pageOf?: ((question: string) => ReactNode) | undefined
}

export function TurnView({ turn, person, answers, onOpen, onAsk, onChange, onStop, pageOf }: TurnProps) {
  return (
    <article className="grid scroll-mt-18 md:scroll-mt-6 grid-cols-1 gap-3" aria-label={`Frage: ${worded(turn.question)}`}>
      <div className="ml-auto grid max-w-[85%] justify-items-end gap-1.5">
        <p className="rounded-card rounded-br-xs bg-brand px-4 py-2.5 text-base whitespace-pre-wrap text-on-brand">
          <Veiled text={turn.question} on="brand" />
        </p>
        <UsedFilters turn={turn} />
      </div>
      <div className="card grid grid-cols-1 gap-4 px-4 py-4 sm:px-5">
        <Restated turn={turn} onChange={onChange} />
        {turn.phase === 'asking' ? <Working turn={turn} onStop={onStop} /> : null}
        {turn.answer?.status === 'refused' ? <Refusal turn={turn} /> : null}
        {turn.answer?.emergency ? <EmergencyNotice emergency={turn.answer.emergency} sentences={turn.sentences} onSearch={() => onAsk(turn.question, true)} /> : null}
        {turn.sentences.length > 0 && turn.answer?.status !== 'refused' && !turn.answer?.emergency ? <AnswerText sentences={turn.sentences} citations={turn.citations} facts={turn.facts} onOpen={onOpen} /> : null}
        {turn.phase === 'stopped' ? <p className="text-sm text-muted">Angehalten. Was oben steht, ist geprüft, aber womöglich nicht alles.</p> : null}
        {turn.fault ? <Broken turn={turn} onAsk={onAsk} /> : null}
        {turn.phase !== 'asking' ? <MainChart facts={turn.facts} /> : null}
        {turn.facts.length > 0 ? <Facts facts={turn.facts} /> : null}
        {turn.citations.length > 0 ? <Sources citations={turn.citations} onOpen={onOpen} /> : null}
        {[turn.question, ...turn.sentences.map(({ text }) => text)].some(isVeiled) ? <VeiledNote /> : null}
        {turn.answer && !turn.answer.emergency ? <AfterAnswer turn={turn} person={person} answers={answers} onAsk={onAsk} pageOf={pageOf} /> : null}
      </div>
    </article>
  )
}

/** The question in full, where it goes on with the one before: so that nobody has to guess what was understood. */
function Restated({ turn, onChange }: Pick<TurnProps, 'turn' | 'onChange'>) {
  const understood = turn.answer?.understood
  if (!understood?.restated) return null
  return (
    <p className="-mb-1 flex flex-wrap items-baseline gap-x-2 text-sm text-muted">
      <span className="[overflow-wrap:anywhere]">Verstanden als: {understood.question}</span>
      <button type="button" className="text-brand underline underline-offset-3" onClick={() => onChange(understood.question)}>
        Ändern
      </button>
    </p>
  )
}

function UsedFilters({ turn }: { turn: Turn }) {
  const { kind, tag, asOf } = turn.filters
  if (!kind && !tag && !asOf) return null
  return (
    <p className="flex gap-1.5">
      {kind ? <Tag>{kindName(kind)}</Tag> : null}
      {tag ? <Tag>{tag}</Tag> : null}
      {asOf ? <Tag className="num">Stand {asOf.split('-').toReversed().join('.')}</Tag> : null}
    </p>
  )
}

function stageText(turn: Turn): string {
  if (turn.stage === 'searching') return 'Luna sucht in Ihren Unterlagen …'
  if (turn.stage === 'reading') return turn.passages.length > 0 ? `Luna liest ${plural(turn.passages.length, 'Fundstelle', 'Fundstellen')} …` : 'Luna liest …'
  return 'Luna schreibt und prüft jeden Satz …'
}

function Working({ turn, onStop }: { turn: Turn; onStop: () => void }) {
  return (
    <div className="grid gap-3">
      <div className="flex items-center justify-between gap-3">
        <p role="status" className="flex items-center gap-2.5 text-sm text-muted">
          <Moon className="size-5 animate-shimmer" /> {stageText(turn)}
        </p>
        <Button size="sm" onClick={onStop}>
          <Square aria-hidden className="fill-current" /> Anhalten
        </Button>
      </div>
      {turn.sentences.length === 0 ? (
        <div className="grid gap-2" aria-hidden>
          <Skeleton className="h-4 w-full" />
          <Skeleton className="h-4 w-11/12" />
          <Skeleton className="h-4 w-2/3" />
        </div>
      ) : null}
    </div>
  )
}

/** The sources do not answer: said plainly, with what can be done. */
function Refusal({ turn }: { turn: Turn }) {
  const tone = useTone()
  const said = turn.sentences.map((sentence) => sentence.text).join(' ') || 'Dazu steht nichts in Ihren Unterlagen.'
  if (turn.answer?.outcome === 'asked_back' || turn.answer?.understood?.kind === 'outside') return <p className="text-base">{said}</p>
  return (
    <div className="grid gap-1">
      <p className="text-base font-semibold">{said}</p>
      <p className="text-sm text-muted">
        {turn.filters.tag || turn.filters.kind || turn.filters.asOf
          ? 'Ohne Eingrenzung fände sich womöglich mehr.'
          : tone('Raten werde ich nicht. Fragen Sie mit anderen Worten, oder nehmen Sie das passende Dokument auf.', 'Fragen Sie mit anderen Worten, oder nehmen Sie das passende Dokument auf.')}
      </p>
    </div>
  )
}

function Broken({ turn, onAsk }: { turn: Turn; onAsk: (question: string) => void }) {
  return (
    <div role="alert" className="grid justify-items-start gap-2 rounded-control border border-bad/45 bg-bad-soft p-3">
      <p className="text-sm text-bad">{turn.fault?.message}</p>
      <Button size="sm" onClick={() => onAsk(turn.question)}>
        <RotateCcw aria-hidden /> Erneut fragen
      </Button>
      <TraceId value={turn.fault?.traceId ?? null} />
    </div>
  )
}

/** The fact that the answer turns on, drawn as soon as all are told. */
function MainChart({ facts }: { facts: Fact[] }) {
  const fact = mainFact(facts)
  if (!fact) return null
  return (
    <Suspense fallback={<Skeleton className="h-72 rounded-card" />}>
      <FactChart fact={fact} facts={facts} />
    </Suspense>
  )
}

function Facts({ facts }: { facts: Fact[] }) {
  const [all, setAll] = useState(false)
  const many = facts.length > SHOWN_FACTS + 1
  const shown = many && !all ? facts.slice(0, SHOWN_FACTS) : facts
  return (
    <div className="flex flex-wrap gap-2" role="group" aria-label="Daten">
      {shown.map((fact) => (
        <FactChip key={fact.fact_id} facts={facts} id={fact.fact_id} wide />
      ))}
      {facts.some((fact) => fact.stale_at) ? <p className="basis-full text-xs text-warn">Werte, auf denen diese Angaben beruhen, wurden zurückgenommen. Öffnen Sie die Angabe, um sie neu zu rechnen.</p> : null}
      {many ? (
        <Button size="sm" look="ghost" aria-expanded={all} onClick={() => setAll(!all)} className="h-7">
          {all ? 'Weniger Angaben' : `Alle ${facts.length} Angaben`}
        </Button>
      ) : null}
    </div>
  )
}

function Sources({ citations, onOpen }: { citations: Citation[]; onOpen: (citation: Citation) => void }) {
  return (
    <div className="flex flex-wrap gap-2" role="group" aria-label="Quellen">
      {citations.map((citation) => (
        <CitationChip key={citation.number} citation={citation} onOpen={onOpen} wide />
      ))}
    </div>
  )
}

function AfterAnswer({ turn, person, answers, onAsk, pageOf }: Pick<TurnProps, 'turn' | 'person' | 'answers' | 'onAsk' | 'pageOf'>) {
  const [handing, setHanding] = useState(false)
  const answer = turn.answer
  if (!answer) return null
  return (
    <>
      {answer.route ? (
        <Link to={answer.route} className="justify-self-start text-sm text-brand underline underline-offset-3">
          Seite öffnen
        </Link>
      ) : (
        pageOf?.(turn.question)
      )}
      {answer.next_question ? (
        <button
          type="button"
          onClick={() => onAsk(answer.next_question ?? '')}
          className="flex items-start gap-2 rounded-control border border-dashed border-field px-3 py-2 text-left text-sm hover:border-brand hover:bg-brand-soft"
        >
          <CornerDownRight className="mt-0.5 size-4 shrink-0 text-brand" aria-hidden />
          <span>
            <span className="text-muted">{answer.outcome === 'refused' ? 'Vielleicht besser so: ' : 'Als Nächstes: '}</span>
            {answer.next_question}
          </span>
        </button>
      ) : null}
      <div className="border-t border-line pt-2">
        <FeedbackBar
          turn={turn}
          aside={
            <span className="ml-auto flex items-center gap-1.5">
              <span className="num text-2xs text-muted">{footLine(turn)}</span>
              {person === null ? null : (
                <Button size="sm" look="ghost" onClick={() => setHanding(true)}>
                  <Forward aria-hidden /> Übergeben
                </Button>
              )}
              <CopyButton compact label="Antwort mit Quellen kopieren" text={() => asText(turn)} />
            </span>
          }
        />
        {person === null ? null : <HandedOver person={person} what={{ answerId: answer.answer_id, conversationId: answer.conversation_id, answers }} open={handing} onClose={() => setHanding(false)} />}
      </div>
    </>
  )
}

/** The dialog, and afterwards where to find it. */
function HandedOver({ person, what, open, onClose }: { person: string; what: Handable; open: boolean; onClose: () => void }) {
  const [to, setTo] = useState<string | null>(null)
  return (
    <>
      {to === null ? null : (
        <p role="status" className="flex items-start gap-2 pt-1 text-sm">
          <Check className="mt-0.5 size-4 shrink-0 text-ok" aria-hidden />
          <span className="min-w-0 [overflow-wrap:anywhere]">
            Übergeben {to}. Wie es damit steht, sehen Sie unter{' '}
            <Link to="/uebergaben" search={{ teil: 'gesendet' }} className="text-brand underline underline-offset-3">
              Übergaben
            </Link>
            .
          </span>
        </p>
      )}
      <HandOverDialog
        person={person}
        what={what}
        open={open}
        onClose={onClose}
        onDone={(whom) => {
          setTo(whom)
          onClose()
        }}
      />
    </>
  )
}

/** What an answer without a model is put together from. */
function originOf({ facts, citations, answer }: Turn): string {
  const from = [facts.length > 0 ? 'Daten' : '', citations.length > 0 ? 'Fundstellen' : ''].filter(Boolean).join(' und ')
  if (from) return `aus ${from} zusammengestellt`
  return answer?.outcome === 'help' ? 'aus dem Handbuch' : ''
}

function footLine(turn: Turn): string {
  const answer = turn.answer
  if (!answer) return ''
  const total = answer.timings_ms.total ?? answer.timings_ms.total_ms
  const origin = originOf(turn)
  const writer = answer.model ? `Modell ${answer.model}` : origin
  return [writer, total === undefined ? '' : formatMs(total)].filter(Boolean).join(' · ')
}
