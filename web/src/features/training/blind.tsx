import { Undo2 } from 'lucide-react'
import { useEffect, useRef, useState } from 'react'
import type { BlindPair } from '@/api/types'
import { formatCount, plural } from '@/lib/format'
import { ApiError } from '@/lib/http'
import { useMay } from '@/lib/may'
import { useSending } from '@/lib/use-sending'
import { Button } from '@/ui/button'
import { Field, Textarea } from '@/ui/field'
import { Kbd } from '@/ui/kbd'
import { Progress } from '@/ui/progress'
import { Empty, Fault, FaultLine, SkeletonRows } from '@/ui/states'
import { judge, useNextPair, useRenew, type Choice } from './api'
import { KEYS, useKeys } from './keys'

/** Pair after pair, without a word of which side is which; the pair before can be judged anew until all are done. */
export function Blind({ run }: { run: string }) {
  const may = useMay()
  const found = useNextPair(run, may('review'))
  const renew = useRenew()
  const [before, setBefore] = useState<BlindPair | null>(null)
  const [again, setAgain] = useState(false)
  const [judged, setJudged] = useState(false)
  if (!found.data) return <Unseen error={found.isError ? found.error : null} onRetry={() => void found.refetch()} />
  const { pair, done, of } = found.data
  const shown = again ? before : pair
  if (of === 0) return <Empty className="card" title="Noch nichts zu vergleichen">Paare gibt es, wenn der Lauf zu Ende ist und Modell und Basis dieselben Fragen beantwortet haben.</Empty>
  if (!shown) return <Empty className="card" title={`Sie haben ${of === 1 ? 'das Paar' : `alle ${formatCount(of)} Paare`} beurteilt`}>Danke. Ihre Stimmen stehen fest. {may('learned') ? 'Welche Seite vorn liegt, steht unten.' : 'Was daraus wird, steht auf der Modellkarte.'}</Empty>
  const onJudged = async (): Promise<void> => {
    setJudged(true)
    setBefore(again ? null : shown)
    setAgain(false)
    await renew('pair', 'panel')
  }
  return (
    <section aria-label="Blinde Durchsicht" className="grid gap-4">
      <div className="grid gap-1.5">
        <div className="flex flex-wrap items-center justify-between gap-2">
          <p role="status" className="num text-sm">
            {again ? 'Das vorige Paar noch einmal' : `Paar ${formatCount(done + 1)} von ${formatCount(of)}`}
          </p>
          {before && !again ? (
            <Button size="sm" onClick={() => setAgain(true)}>
              <Undo2 aria-hidden /> Voriges Paar ändern
            </Button>
          ) : null}
          {again ? (
            <Button size="sm" onClick={() => setAgain(false)}>
              Stimme lassen
            </Button>
          ) : null}
        </div>
        <Progress label="Beurteilte Paare" value={done} total={of} />
      </div>
      <Judging key={`${shown.row_id} ${shown.mark} ${again}`} run={run} pair={shown} last={!again && done === of - 1} led={judged} onJudged={onJudged} onStale={() => void renew('pair')} />
    </section>
  )
}

function Unseen({ error, onRetry }: { error: unknown; onRetry: () => void }) {
  if (!error) return <div className="card"><SkeletonRows /></div>
  if (error instanceof ApiError && error.status === 409) return <Empty className="card" title="Für Sie nicht mehr zu beurteilen">{error.message}</Empty>
  if (error instanceof ApiError && error.status === 404) return <Empty className="card" title="Diesen Lauf gibt es nicht">Vielleicht ist der Name vertippt.</Empty>
  return <Fault error={error} onRetry={onRetry} className="card" />
}

interface JudgingProps {
  run: string
  pair: BlindPair
  /** With this one the votes stand. */
  last: boolean
  /** It follows another one: reading goes on at its question. */
  led: boolean
  onJudged: () => Promise<void>
  onStale: () => void
}

function Judging({ run, pair, last, led, onJudged, onStale }: JudgingProps) {
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => {
    if (led) heading.current?.focus()
  }, [led])
  const note = useRef('')
  const { busy, fault, send } = useSending()
  const choose = (choice: Choice): void => {
    void send(async () => {
      await judge(run, pair, choice, note.current.trim())
      await onJudged()
    })
  }
  useKeys(!busy, choose)
  const stale = fault instanceof ApiError && fault.status === 409
  return (
    <>
      <h2 ref={heading} tabIndex={-1} className="text-base font-semibold outline-none [overflow-wrap:anywhere]">{pair.question}</h2>
      <div className="grid gap-2 text-sm">
        <details open>
          <summary className="w-fit">Was richtig wäre</summary>
          <p className="pt-2 whitespace-pre-line [overflow-wrap:anywhere]">{pair.reference || 'Dazu ist nichts hinterlegt.'}</p>
        </details>
        {pair.context.length > 0 ? (
          <details>
            <summary className="w-fit">{plural(pair.context.length, 'Fundstelle', 'Fundstellen')}</summary>
            <ul className="grid gap-2 pt-2">
              {pair.context.map((text, index) => (
                <li key={index} className="border-l-2 border-line pl-3 whitespace-pre-line text-muted [overflow-wrap:anywhere]">{text}</li>
              ))}
            </ul>
          </details>
        ) : null}
      </div>
      <div className="grid gap-3 md:grid-cols-2">
        <Side title="Links" text={pair.left} />
        <Side title="Rechts" text={pair.right} />
      </div>
      <div role="group" aria-label="Welche Antwort ist besser?" className="grid gap-2 sm:grid-cols-3">
        {KEYS.map(({ key, choice, label }) => (
          <Button key={choice} size="lg" disabled={busy} aria-keyshortcuts={key} className="text-sm" onClick={() => choose(choice)}>
            {label} <span className="hidden sm:inline" aria-hidden><Kbd>{key}</Kbd></span>
          </Button>
        ))}
      </div>
      {last ? <p className="text-sm text-warn">Das ist das letzte Paar. Danach stehen Ihre Stimmen fest.</p> : null}
      <FaultLine error={fault} />
      {stale ? <Button size="sm" className="w-fit" onClick={onStale}>Neu laden</Button> : null}
      <Field label="Anmerkung" hint="Freiwillig; wer beurteilt hat, steht nur als Kennzeichen dabei.">
        {(ids) => <Textarea {...ids} defaultValue="" maxLength={2000} onChange={(event) => (note.current = event.target.value)} className="min-h-14" />}
      </Field>
      <p className="text-xs text-muted">Worauf es ankommt, in dieser Reihenfolge: Stimmt jede Zahl, jeder Tag, jeder Paragraph? Steht es in den Fundstellen? Ist die Frage beantwortet? Ist es klar gesagt?</p>
    </>
  )
}

function Side({ title, text }: { title: string; text: string }) {
  return (
    <article aria-label={`Antwort ${title.toLowerCase()}`} className="card grid content-start gap-1.5 p-4">
      <h3 className="text-xs font-medium text-muted">{title}</h3>
      <p className="text-sm whitespace-pre-line [overflow-wrap:anywhere]">{text || 'Keine Antwort.'}</p>
    </article>
  )
}
