import { Link, useNavigate } from '@tanstack/react-router'
import { ArrowRight, SendHorizontal } from 'lucide-react'
import { useState } from 'react'
import { bound, eurText, kwhText, spanOf, useAdvice } from '@/advice'
import { cn } from '@/lib/cn'
import { formatAgo, formatAt } from '@/lib/format'
import { gist } from '@/lib/text'
import { useTone } from '@/lib/tone'
import { worded } from '@/lib/veil'
import { buttonLook, IconButton } from '@/ui/button'
import { Input } from '@/ui/field'
import { Section } from '@/ui/page'
import { Fault, Skeleton } from '@/ui/states'
import { useLatestAnswers } from './api'

const MORE = 'inline-flex items-center gap-1 rounded text-xs font-medium text-brand hover:underline [&_svg]:size-3.5'

/** The recommendation that is worth most, of all meters or of one's own. */
export function TopAdvice({ mayFeed, meterId }: { mayFeed: boolean; meterId: string | undefined }) {
  const found = useAdvice({ state: ['open'], limit: 1, meterId })
  const tone = useTone()
  const top = found.data?.recommendations[0]
  return (
    <Section
      className="grid-rows-[auto_1fr]"
      title="Wichtigste Empfehlung"
      aside={
        <Link to="/empfehlungen" search={meterId ? { zaehler: meterId } : {}} className={MORE}>
          {found.data && found.data.total > 1 ? `Alle ${found.data.total}` : 'Alle'} <ArrowRight aria-hidden />
        </Link>
      }
    >
      <div className="card grid content-start gap-2 p-4">
        {found.isPending ? (
          <div role="status" aria-label="Empfehlung wird geladen" className="grid gap-2">
            <Skeleton className="h-4.5 w-3/5" />
            <Skeleton className="h-16" />
          </div>
        ) : found.isError ? (
          <Fault error={found.error} onRetry={() => void found.refetch()} className="py-4" />
        ) : top ? (
          <>
            <div className="flex flex-wrap items-baseline justify-between gap-x-4 gap-y-1">
              <Link to="/empfehlungen" search={{ empfehlung: top.recommendation_id }} className="font-semibold hover:text-brand hover:underline">
                {top.title}
              </Link>
              {top.eur !== null ? (
                <span className="num font-semibold text-ok">
                  {eurText(top.eur)} <span className="text-xs font-normal text-muted">{spanOf(top.rule)}</span>
                </span>
              ) : null}
            </div>
            <p className="num text-sm">{bound(top.text)}</p>
            <p className="num text-xs text-muted">
              {[top.meter_title || top.meter_id, top.kwh === null ? '' : kwhText(top.kwh), `gilt bis ${formatAt(top.valid_to)} Uhr`].filter(Boolean).join(' · ')}
            </p>
            <Link to="/empfehlungen" search={{ empfehlung: top.recommendation_id }} className={cn(buttonLook({ size: 'sm' }), 'mt-1 w-fit')}>
              {top.may_decide ? 'Gründe ansehen und entscheiden' : 'Gründe ansehen'}
            </Link>
          </>
        ) : (
          <>
            <p className="font-semibold">Zurzeit ist nichts offen</p>
            <p className="text-sm text-muted">
              {mayFeed
                ? 'Empfehlungen brauchen den Tarif eines Zählers. Tragen Sie ihn unter Empfehlungen ein.'
                : tone('Entweder läuft alles gut, oder mir fehlt noch ein Tarif. Unter Empfehlungen steht, was von beidem.', 'Unter Empfehlungen steht, welche Angaben noch fehlen.')}
            </p>
            <Link to="/empfehlungen" className={cn(buttonLook({ size: 'sm' }), 'mt-1 w-fit')}>
              {mayFeed ? 'Angaben eintragen' : 'Angaben ansehen'}
            </Link>
          </>
        )}
      </div>
    </Section>
  )
}

/** A question from here, and the newest answers. */
export function AskLuna({ ideas }: { ideas: string[] }) {
  const navigate = useNavigate()
  const answers = useLatestAnswers()
  const [text, setText] = useState('')
  const ask = (frage: string): void => {
    if (frage.trim()) void navigate({ to: '/fragen', search: { frage: frage.trim() } })
  }
  const newest = answers.data?.answers ?? []
  return (
    <Section
      className="grid-cols-1 grid-rows-[auto_1fr]"
      title="Luna fragen"
      aside={
        <Link to="/fragen" className={MORE}>
          Alle Fragen <ArrowRight aria-hidden />
        </Link>
      }
    >
      <div className="card grid grid-cols-1 content-start gap-3 p-4">
        <form
          className="flex gap-2"
          onSubmit={(event) => {
            event.preventDefault()
            ask(text)
          }}
        >
          <Input aria-label="Ihre Frage" placeholder="Zu Ihren Daten oder Unterlagen …" value={text} maxLength={1000} onChange={(event) => setText(event.target.value)} />
          <IconButton type="submit" label="Fragen" look="primary" disabled={!text.trim()}>
            <SendHorizontal aria-hidden />
          </IconButton>
        </form>
        {answers.isPending ? (
          <Skeleton className="h-12" />
        ) : newest.length > 0 ? (
          <ul aria-label="Neueste Antworten" className="-mx-2 grid grid-cols-1 gap-0.5">
            {newest.map((answer) => (
              <li key={answer.answer_id} className="min-w-0">
                <Link to="/fragen" search={{ antwort: answer.answer_id }} className="grid min-w-0 grid-cols-1 gap-0.5 rounded-control px-2 py-1.5 hover:bg-sunken">
                  <span className="flex min-w-0 items-baseline justify-between gap-3">
                    <span className="min-w-0 truncate text-sm font-medium">{worded(answer.question)}</span>
                    <span className="num shrink-0 text-2xs text-muted">{formatAgo(answer.ts)}</span>
                  </span>
                  <span className="truncate text-xs text-muted">{answer.status === 'refused' ? 'Nicht beantwortet' : gist(answer.answer)}</span>
                </Link>
              </li>
            ))}
          </ul>
        ) : (
          <ul aria-label="Vorschläge" className="flex flex-wrap gap-2">
            {ideas.map((idea) => (
              <li key={idea}>
                <button type="button" onClick={() => ask(idea)} className="rounded-2xl border border-line px-3 py-1.5 text-left text-xs hover:border-brand hover:bg-brand-soft">
                  {idea}
                </button>
              </li>
            ))}
          </ul>
        )}
      </div>
    </Section>
  )
}
