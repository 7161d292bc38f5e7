import { useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { FlaskConical, Plug } from 'lucide-react'
import { useEffect, useMemo, useState } from 'react'
import { ChartCard, type Picture } from '@/chart'
import { useTone } from '@/lib/tone'
import { Button, buttonLook } from '@/ui/button'
import { Moon } from '@/ui/moon'
import { FaultLine } from '@/ui/states'
import { startSamples } from './api'
import { example } from './example'

const LOOK_MS = 2500

/** No meters yet: what to do next, and what it will look like. */
export function Start({ mayFeed, now }: { mayFeed: boolean; now: number }) {
  return (
    <>
      {mayFeed ? <OperatorStart /> : <CustomerStart />}
      <Example now={now} />
    </>
  )
}

function OperatorStart() {
  const queries = useQueryClient()
  const tone = useTone()
  const [state, setState] = useState<'idle' | 'asking' | 'waiting'>('idle')
  const [fault, setFault] = useState<unknown>(null)
  useEffect(() => {
    if (state !== 'waiting') return
    const timer = setInterval(() => void queries.invalidateQueries({ queryKey: ['meters'] }), LOOK_MS)
    return () => clearInterval(timer)
  }, [state, queries])
  const start = (): void => {
    setState('asking')
    setFault(null)
    startSamples().then(
      () => setState('waiting'),
      (error: unknown) => {
        setFault(error)
        setState('idle')
      },
    )
  }
  return (
    <section aria-label="Noch keine Zähler" className="card flex flex-wrap items-center gap-x-5 gap-y-4 p-5">
      <Moon className="size-10" />
      <div className="grid min-w-0 flex-1 basis-72 gap-1">
        <h2 className="text-base font-semibold">Noch ist kein Zähler angeschlossen</h2>
        <p className="text-sm text-muted">
          {tone('Ich könnte schätzen, lasse es aber lieber. ', '')}Laden Sie Beispielzähler, um alles auszuprobieren, oder schließen Sie eigene an. Beispielwerte tragen überall den Vermerk „simuliert“.
        </p>
        <FaultLine error={fault} className="mt-2" />
      </div>
      <div className="flex flex-wrap gap-2">
        <Button look="primary" busy={state !== 'idle'} onClick={start}>
          {state === 'idle' ? <FlaskConical aria-hidden /> : null} {state === 'waiting' ? 'Werte entstehen …' : 'Beispieldaten laden'}
        </Button>
        <Link to="/admin/daten" className={buttonLook({})}>
          <Plug aria-hidden /> Eigene Daten
        </Link>
      </div>
    </section>
  )
}

function CustomerStart() {
  return (
    <section aria-label="Noch keine Zähler" className="card flex flex-wrap items-center gap-x-5 gap-y-4 p-5">
      <Moon className="size-10" />
      <div className="grid min-w-0 flex-1 basis-72 gap-1">
        <h2 className="text-base font-semibold">Ihnen ist noch kein Zähler zugeordnet</h2>
        <p className="text-sm text-muted">Das übernimmt in Ihrem Haus, wer Nova verwaltet: unter „Daten &amp; Simulator“ beim Zähler Ihren Namen eintragen. Ihre Fragen zu Unterlagen beantwortet Luna schon jetzt.</p>
      </div>
      <Link to="/fragen" className={buttonLook({ look: 'primary' })}>
        Eine Frage stellen
      </Link>
    </section>
  )
}

function Example({ now }: { now: number }) {
  const picture = useMemo((): Picture => example(now), [now])
  return (
    <ChartCard
      title="Beispiel: ein Tag"
      note="erdachte Werte, damit Sie sehen, was hier stehen wird"
      label="Beispiel eines Tages mit erdachten Werten: Verbrauch mit Spitzen morgens und abends, Erzeugung einer Photovoltaikanlage mittags."
      picture={picture}
      filename="beispiel"
      empty={null}
      chartClass="h-56"
    />
  )
}
