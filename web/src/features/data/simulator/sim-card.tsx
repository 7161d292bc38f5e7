import { useQueryClient } from '@tanstack/react-query'
import { Dices, Orbit, Play, Square } from 'lucide-react'
import { useState, type FormEvent } from 'react'
import type { Simulator } from '@/api/types'
import { formatAt, plural } from '@/lib/format'
import type { Word } from '@/lib/words'
import { useSending } from '@/lib/use-sending'
import { useNow } from '@/series'
import { StateBadge } from '@/ui/badge'
import { Button, IconButton } from '@/ui/button'
import { FactList } from '@/ui/facts'
import { CheckLine, Field, Input } from '@/ui/field'
import { Progress } from '@/ui/progress'
import { Fault, FaultLine, Skeleton } from '@/ui/states'
import { toast, toastFault } from '@/ui/toast'
import { renew, runSimulator, useSimulator } from '../api'
import { formOf, MOST_DAYS, MOST_METERS, progressOf, readForm } from './sim'
import { intervalText } from '../words'

function stateOf(sim: Simulator, caughtUp: boolean): Word {
  if (sim.running && sim.last_error) return { label: 'gestört', shade: 'bad' }
  if (sim.running) return caughtUp ? { label: 'in Betrieb', shade: 'ok' } : { label: 'läuft', shade: 'brand' }
  return sim.until === null ? { label: 'aus', shade: 'neutral' } : { label: 'angehalten', shade: 'neutral' }
}

/** The simulator: whether it runs, how far it has come, what it makes, and how to start it. */
export function SimCard() {
  const sim = useSimulator()
  return (
    <section className="card grid min-w-0 content-start overflow-hidden" aria-label="Simulator">
      {sim.isPending ? <Skeleton className="m-4 h-56" /> : null}
      {sim.isError ? <Fault error={sim.error} onRetry={() => void sim.refetch()} /> : null}
      {sim.data ? <Loaded sim={sim.data} /> : null}
    </section>
  )
}

function Loaded({ sim }: { sim: Simulator }) {
  const now = Math.max(useNow(), sim.until ?? 0)
  const progress = progressOf(sim, now)
  const [open, setOpen] = useState(false)
  const fresh = !sim.running && sim.until === null
  return (
    <>
      <div className="flex items-center justify-between gap-3 border-b border-line px-4 py-2.5">
        <h2 className="flex items-center gap-2 text-sm font-semibold">
          <Orbit className="size-4 text-muted" aria-hidden /> Simulator
        </h2>
        <StateBadge word={stateOf(sim, progress?.caughtUp ?? false)} />
      </div>
      <div className="grid gap-3 p-4">
        {progress ? (
          <div className="grid gap-1.5">
            {progress.caughtUp ? null : <Progress label="Aufgeholte Zeit" value={progress.share} total={1} />}
            <p className="num text-sm" role="status">
              {progress.text}
            </p>
          </div>
        ) : (
          <p className="num text-sm">{fresh ? 'Erzeugt Zähler und Preise zum Ausprobieren, bis echte Daten fließen.' : `Angehalten. Werte bis ${formatAt(sim.until ?? 0)} bleiben erhalten.`}</p>
        )}
        {sim.last_error ? (
          <p role="alert" className="rounded-control border border-bad/45 bg-bad-soft px-3 py-2 text-xs text-bad">
            {sim.last_error}
          </p>
        ) : null}
        <Makes sim={sim} />
        {open ? <Settings sim={sim} onClose={() => setOpen(false)} /> : <Buttons sim={sim} onChange={() => setOpen(true)} />}
      </div>
    </>
  )
}

function Makes({ sim }: { sim: Simulator }) {
  const rows: [string, string][] = [
    ['Zähler', `${plural(sim.meters, 'Zähler', 'Zähler')}, ${intervalText(sim.smartmeter_interval_sec)} ein Wert`],
    ['Preise', `${sim.markets.join(', ') || 'keine'}: ${sim.products.join(', ') || 'keine'}, ${intervalText(sim.market_interval_sec)} nachgesehen`],
    ['Dazu', 'Netzlast, Wind- und Solarstrom, Temperatur und Sonne'],
    ['Beginn', sim.days === 0 ? 'ab dem Start' : `${plural(sim.days, 'Tag', 'Tage')} zurück`],
    ['Zufall', `Seed ${sim.seed}${sim.faults ? ', mit Störungen' : ', ohne Störungen'}`],
  ]
  return <FactList rows={rows} small />
}

/** Starts with what it was told last (at first: ten meters, two weeks back). */
export function useStartSimulator(): { busy: boolean; start: () => void } {
  const queries = useQueryClient()
  const [busy, setBusy] = useState(false)
  const start = (): void => {
    setBusy(true)
    runSimulator('start')
      .then(() => toast('Der Simulator läuft.', 'ok', 'Die ersten Werte sind in wenigen Sekunden da.'), toastFault)
      .finally(() => {
        setBusy(false)
        renew(queries)
      })
  }
  return { busy, start }
}

function Buttons({ sim, onChange }: { sim: Simulator; onChange: () => void }) {
  const queries = useQueryClient()
  const [stopping, setStopping] = useState(false)
  const { busy, start } = useStartSimulator()
  const stop = (): void => {
    setStopping(true)
    runSimulator('stop')
      .then(() => toast('Der Simulator ist angehalten.', 'ok', 'Was er erzeugt hat, bleibt erhalten.'), toastFault)
      .finally(() => {
        setStopping(false)
        renew(queries)
      })
  }
  return (
    <div className="flex flex-wrap gap-2">
      {sim.running ? (
        <Button size="sm" busy={stopping} onClick={stop}>
          <Square aria-hidden /> Anhalten
        </Button>
      ) : (
        <Button size="sm" look="primary" busy={busy} onClick={start}>
          <Play aria-hidden /> Starten
        </Button>
      )}
      <Button size="sm" look="ghost" onClick={onChange}>
        Einstellen …
      </Button>
    </div>
  )
}

function Settings({ sim, onClose }: { sim: Simulator; onClose: () => void }) {
  const queries = useQueryClient()
  const [form, setForm] = useState(() => formOf(sim))
  const { busy, fault, send } = useSending()
  const { choice, faults } = readForm(form)
  const begun = sim.until !== null
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    if (!choice) return
    void send(async () => {
      await runSimulator('start', choice)
      toast(begun ? 'Übernommen. Der Simulator läuft so weiter.' : 'Der Simulator läuft.')
      onClose()
    }).then(() => renew(queries))
  }
  const number = (name: 'meters' | 'days' | 'seed') => ({ inputMode: 'numeric' as const, value: form[name], onChange: (event: { target: { value: string } }) => setForm({ ...form, [name]: event.target.value }) })
  return (
    <form onSubmit={submit} className="grid gap-3 border-t border-line pt-3" aria-label="Simulator einstellen">
      <div className="grid grid-cols-2 gap-3">
        <Field label="Zähler" hint={`1 bis ${MOST_METERS}`} error={faults.meters}>
          {(ids) => <Input {...ids} {...number('meters')} />}
        </Field>
        <Field label="Tage zurück" hint={begun ? 'wirkt nur beim ersten Start' : `0 bis ${MOST_DAYS}`} error={faults.days}>
          {(ids) => <Input {...ids} {...number('days')} disabled={begun} />}
        </Field>
      </div>
      <Field label="Seed" hint="Die gleiche Zahl ergibt überall die gleichen Werte." error={faults.seed}>
        {(ids) => (
          <span className="flex gap-2">
            <Input {...ids} {...number('seed')} />
            <IconButton label="Seed würfeln" look="outline" onClick={() => setForm({ ...form, seed: String(Math.floor(Math.random() * 1_000_000)) })}>
              <Dices aria-hidden />
            </IconButton>
          </span>
        )}
      </Field>
      <CheckLine label="Mit Störungen" hint="Lücken, eingefrorene Werte, Spitzen und falsche Einheiten, um die Prüfung zu erproben." checked={form.faults} onChange={(next) => setForm({ ...form, faults: next })} />
      {begun ? <p className="text-xs text-muted">Änderungen gelten ab jetzt. Was schon erzeugt ist, bleibt, wie es ist; neue Zähler beginnen mit dem nächsten Wert.</p> : null}
      <FaultLine error={fault} />
      <div className="flex flex-wrap gap-2">
        <Button size="sm" type="submit" look="primary" busy={busy} disabled={!choice}>
          {sim.running ? 'Übernehmen' : 'Starten'}
        </Button>
        <Button size="sm" look="ghost" onClick={onClose}>
          Abbrechen
        </Button>
      </div>
    </form>
  )
}
