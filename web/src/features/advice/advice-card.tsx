import { Link } from '@tanstack/react-router'
import { Check, ChevronDown, Clock, ThumbsDown } from 'lucide-react'
import { useEffect, useId, useRef, useState } from 'react'
import { bound, eurText, kwhText, reckoningOf, spanOf, type Decision } from '@/advice'
import type { Recommendation } from '@/api/types'
import { cn } from '@/lib/cn'
import { formatAt, formatCount } from '@/lib/format'
import { Badge } from '@/ui/badge'
import { Button, buttonLook } from '@/ui/button'
import { Input } from '@/ui/field'
import { originText, periodText, REASONS, waysOf } from './evidence'

interface CardProps {
  advice: Recommendation
  rank: number
  open: boolean
  onOpen: (open: boolean) => void
  onDecide: (decision: Decision, reason?: string) => void
  busy: boolean
}

/** What to do, what it is expected to bring, why, and the decision. */
export function AdviceCard({ advice, rank, open, onOpen, onDecide, busy }: CardProps) {
  const heading = useId()
  const place = useRef<HTMLElement>(null)
  const [declining, setDeclining] = useState(false)
  const [asked] = useState(open)
  useEffect(() => {
    if (asked) place.current?.scrollIntoView({ block: 'center' })
  }, [asked])
  return (
    <article ref={place} aria-labelledby={heading} className="card grid min-w-0 grid-cols-1 gap-3 p-4 sm:p-5">
      <div className="flex flex-wrap items-start justify-between gap-x-6 gap-y-2">
        <div className="flex min-w-0 flex-1 basis-64 items-start gap-3">
          <span className="num grid size-7 shrink-0 place-items-center rounded-full bg-brand-soft text-xs font-semibold text-brand" aria-hidden>
            {rank}
          </span>
          <div className="grid min-w-0 gap-0.5">
            <h3 id={heading} className="text-base font-semibold">
              {advice.title}
            </h3>
            <p className="num text-xs text-muted">
              {advice.meter_title || advice.meter_id} · gilt bis {formatAt(advice.valid_to)} Uhr
            </p>
          </div>
        </div>
        <Worth advice={advice} />
      </div>
      <p className="num max-w-3xl text-sm">{bound(advice.text)}</p>
      <div className="flex flex-wrap items-center gap-2">
        {advice.may_decide ? (
          <>
            <Button look="primary" busy={busy} onClick={() => onDecide('uebernehmen')}>
              <Check aria-hidden /> Übernehmen
            </Button>
            <Button disabled={busy} onClick={() => onDecide('spaeter')}>
              <Clock aria-hidden /> Später
            </Button>
            <Button disabled={busy} aria-expanded={declining} onClick={() => setDeclining(!declining)}>
              <ThumbsDown aria-hidden /> Passt nicht
            </Button>
          </>
        ) : (
          <p className="text-xs text-muted">Über Zähler des Unternehmens entscheidet, wer Nova verwaltet.</p>
        )}
        <Button look="ghost" aria-expanded={open} onClick={() => onOpen(!open)} className="ml-auto text-brand">
          Warum? <ChevronDown aria-hidden className={cn('transition-transform', open && 'rotate-180')} />
        </Button>
      </div>
      {declining ? <Reasons busy={busy} onPick={(reason) => onDecide('passt_nicht', reason)} /> : null}
      {open ? <Why advice={advice} /> : null}
    </article>
  )
}

function Worth({ advice }: { advice: Recommendation }) {
  if (advice.eur === null && advice.kwh === null) return <Badge>ohne Betrag</Badge>
  return (
    <div className="num grid shrink-0 sm:justify-items-end">
      {advice.eur !== null ? (
        <p className="text-xl font-semibold text-ok">
          {eurText(advice.eur)} <span className="text-xs font-normal text-muted">{spanOf(advice.rule)}</span>
        </p>
      ) : null}
      {advice.eur_measured !== null ? <p className="text-xs text-muted">gemessen waren es im Schnitt {eurText(advice.eur_measured)}</p> : null}
      {advice.kwh !== null ? <p className="text-xs text-muted">{kwhText(advice.kwh)}</p> : null}
      {advice.days ? <p className="text-2xs text-muted">{restsOn(advice)}</p> : null}
    </div>
  )
}

/** On how many days of readings the numbers rest, and which share of a year that is. */
function restsOn({ days, year_share }: Recommendation): string {
  const count = Math.max(1, Math.round(days ?? 0))
  return `aus ${formatCount(count)} ${count === 1 ? 'Tag' : 'Tagen'}, ${formatCount(Math.round((year_share ?? 0) * 100))}\u00a0% eines Jahres`
}

function Reasons({ busy, onPick }: { busy: boolean; onPick: (reason: string) => void }) {
  const [own, setOwn] = useState('')
  return (
    <div role="group" aria-label="Warum passt es nicht?" className="grid gap-2 rounded-control bg-sunken p-3">
      <p className="text-xs font-medium">Warum passt es nicht? Luna lässt die Regel für diesen Zähler dann eine Weile ruhen.</p>
      <div className="flex flex-wrap gap-2">
        {REASONS.map((reason) => (
          <Button key={reason} size="sm" disabled={busy} onClick={() => onPick(reason)}>
            {reason}
          </Button>
        ))}
      </div>
      <form
        className="flex gap-2"
        onSubmit={(event) => {
          event.preventDefault()
          if (own.trim()) onPick(own.trim())
        }}
      >
        <Input aria-label="Eigener Grund" placeholder="Eigener Grund" maxLength={500} value={own} onChange={(event) => setOwn(event.target.value)} className="h-8 max-w-md" />
        <Button type="submit" size="sm" disabled={busy || !own.trim()}>
          Absenden
        </Button>
      </form>
    </div>
  )
}

function Why({ advice }: { advice: Recommendation }) {
  const reckoning = reckoningOf(advice.rule)
  return (
    <div className="grid min-w-0 grid-cols-1 gap-3 border-t border-line pt-3">
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls must be reachable by keyboard */}
      <div className="scroll-thin overflow-x-auto rounded-control border border-line" tabIndex={0} role="region" aria-label={`Belege: ${advice.title}`}>
        <table className="num w-full text-xs">
          <thead className="bg-sunken text-left">
            <tr>
              <th scope="col" className="px-3 py-2 font-medium">
                Grundlage
              </th>
              <th scope="col" className="px-3 py-2 text-right font-medium">
                Wert
              </th>
              <th scope="col" className="px-3 py-2 font-medium">
                Zeitraum
              </th>
              <th scope="col" className="px-3 py-2 text-right font-medium">
                Messwerte
              </th>
            </tr>
          </thead>
          <tbody>
            {advice.facts.map((fact) => (
              <tr key={fact.name} className="border-t border-line">
                <th scope="row" className="min-w-44 px-3 py-1.5 text-left font-normal">
                  {fact.label}
                </th>
                <td className="px-3 py-1.5 text-right font-medium whitespace-nowrap">{[fact.said, fact.unit].filter(Boolean).join('\u00a0')}</td>
                <td className="px-3 py-1.5 whitespace-nowrap text-muted">{periodText(fact) || originText(fact)}</td>
                <td className="px-3 py-1.5 text-right whitespace-nowrap text-muted">{fact.rows > 0 ? formatCount(fact.rows) : ''}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {reckoning ? (
        <dl className="grid gap-x-3 gap-y-1 text-xs sm:grid-cols-[max-content_1fr]">
          <dt className="text-muted">So entsteht der Betrag</dt>
          <dd>{reckoning.eur}</dd>
          <dt className="text-muted">So entsteht die Energie</dt>
          <dd>{reckoning.kwh}</dd>
          <dt className="text-muted">Regel</dt>
          <dd>
            <code>{advice.rule}</code>
            {advice.norms.length > 0 ? `, ${advice.norms.join(', ')}` : ''}
          </dd>
        </dl>
      ) : (
        <p className="text-xs text-muted">
          Regel <code>{advice.rule}</code>
          {advice.norms.length > 0 ? `, ${advice.norms.join(', ')}` : ''}. Ein Betrag lässt sich dazu nicht rechnen.
        </p>
      )}
      <div className="flex flex-wrap gap-2">
        {waysOf(advice).map((way) => (
          <Link key={way.label} to={way.to} search={way.search} className={cn(buttonLook({ size: 'sm' }), 'max-w-full')}>
            <span className="truncate">{way.label}</span>
          </Link>
        ))}
      </div>
    </div>
  )
}
