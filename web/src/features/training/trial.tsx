import { Check, X } from 'lucide-react'
import { useState } from 'react'
import type { AdapterTrial, TrainStanding, TrialFigure } from '@/api/types'
import { formatCount, formatMs, formatTime, NONE } from '@/lib/format'
import { StateBadge } from '@/ui/badge'
import { Button } from '@/ui/button'
import { Confirm } from '@/ui/dialog'
import { Section } from '@/ui/page'
import { Segmented } from '@/ui/segmented'
import { toast } from '@/ui/toast'
import { endTrial, serveAll, tryOut, useRenew } from './api'
import { Figures } from './lines'
import { FIRSTS, trialVerdict, whom, type First } from './words'

/** What is tried beside what answers: figures of both sides, for everybody or no more. */
export function TrialSection({ trial, may }: { trial: AdapterTrial; may: boolean }) {
  const shadow = trial.kind === 'shadow'
  return (
    <Section title={shadow ? 'Im Schatten' : 'Versuch'}>
      <div className="card grid gap-3 p-4 text-sm">
        <p className="num flex flex-wrap items-center gap-2">
          <StateBadge word={trialVerdict(trial.verdict)} />
          <span className="[overflow-wrap:anywhere]">
            {whom(trial.share)}, seit {formatTime(trial.since)}, {shadow ? 'gezählt an denselben Fragen wie' : 'verglichen in denselben Stunden mit'} {trial.beside || 'der Zusammenstellung aus Fundstellen'}.
          </span>
        </p>
        {may ? <Acts trial={trial} /> : null}
      </div>
      <Figures label="Tabelle: Versuch" heads={['Was gemessen wird', 'Versuch', 'Daneben', 'Urteil']}>
        {trial.figures.map((one) => (
          <tr key={one.name}>
            <td className="min-w-32 px-3 py-1.5">{one.title}</td>
            <td className="px-3 py-1.5"><Side side={one.trial} unit={one.unit} /></td>
            <td className="px-3 py-1.5"><Side side={one.beside} unit={one.unit} /></td>
            <td className="px-3 py-1.5"><StateBadge word={trialVerdict(one.verdict)} /></td>
          </tr>
        ))}
      </Figures>
      <p className="text-xs text-muted">In Klammern die Grenzen, zwischen denen der wahre Wert zu 95 % liegt, und die Zahl der Fälle. „Besser“ und „schlechter“ steht nur, wo sich die Grenzen nicht berühren. {shadow ? 'Aufgehoben werden nur Zahlen, kein Wort einer Frage oder Antwort.' : 'Die Antwortzeit entscheidet nichts.'}</p>
    </Section>
  )
}

const tenths = new Intl.NumberFormat('de-DE', { minimumFractionDigits: 1, maximumFractionDigits: 1 })

function Side({ side, unit }: { side: TrialFigure['trial']; unit: string }) {
  if (side.value === null) return <span className="text-muted">{side.few ? 'zu wenige Personen' : NONE}</span>
  const share = unit === '%'
  const told = (value: number): string => (share ? tenths.format(value * 100) : formatMs(value))
  const bounds = side.low !== null && side.high !== null ? `${told(side.low)} bis ${told(side.high)}; ` : ''
  return (
    <>
      <span className="whitespace-nowrap">{told(side.value)}{share ? ' %' : ''}</span> <span className="text-xs text-muted">({bounds}{formatCount(side.n)})</span>
    </>
  )
}

function Acts({ trial }: { trial: AdapterTrial }) {
  const [asked, setAsked] = useState<'all' | 'end' | null>(null)
  const renew = useRenew()
  const all = asked === 'all'
  return (
    <div className="flex flex-wrap gap-2">
      <Button look="primary" disabled={trial.verdict === 'worse'} onClick={() => setAsked('all')}>
        <Check aria-hidden /> Für alle
      </Button>
      <Button onClick={() => setAsked('end')}>
        <X aria-hidden /> Versuch beenden
      </Button>
      <Confirm
        open={asked !== null}
        onClose={() => setAsked(null)}
        title={all ? 'Für alle in Dienst nehmen?' : 'Versuch beenden?'}
        action={all ? 'Für alle' : 'Beenden'}
        danger={!all}
        onConfirm={async () => {
          await (all ? serveAll(trial.name) : endTrial())
          await renew('keys', 'serving')
          toast(all ? `${trial.name} antwortet jetzt allen` : 'Der Versuch ist beendet')
        }}
      >
        {all
          ? `${trial.name} antwortet dann allen, an Stelle von ${trial.beside || 'der Zusammenstellung aus Fundstellen'}. Die beiden Schlüssel gelten weiter; zurück geht es in einem Schritt.`
          : `${trial.kind === 'shadow' ? 'Es wird nicht mehr mitgeschrieben.' : `Allen antwortet wieder ${trial.beside || 'die Zusammenstellung aus Fundstellen'}.`} Der Lauf bleibt freigegeben und kann wieder erprobt werden.`}
      </Confirm>
    </div>
  )
}

/** Whom a model answers first. */
export function FirstChoice({ value, onChange }: { value: First; onChange: (value: First) => void }) {
  return (
    <div className="grid gap-1.5">
      <Segmented label="Wem es zuerst antwortet" value={value} onChange={onChange} options={FIRSTS.map(({ value: one, label }) => ({ value: one, label }))} className="max-w-full flex-wrap" />
      <p className="text-xs text-muted">{FIRSTS.find((one) => one.value === value)?.says}</p>
    </div>
  )
}

/** Both keys are turned and nothing is tried: try it, or let it serve. */
export function Begin({ standing }: { standing: TrainStanding }) {
  const [open, setOpen] = useState(false)
  const [first, setFirst] = useState<First>('canary')
  const renew = useRenew()
  return (
    <div className="flex flex-wrap gap-2">
      <Button look="primary" disabled={standing.held.length > 0} onClick={() => setOpen(true)}>
        <Check aria-hidden /> Antworten lassen
      </Button>
      <Confirm
        open={open}
        onClose={() => setOpen(false)}
        title="Modell antworten lassen?"
        action="Antworten lassen"
        onConfirm={async () => {
          const share = FIRSTS.find(({ value }) => value === first)?.share ?? 0
          await (share === 1 ? serveAll(standing.run) : tryOut(standing.run, share))
          await renew('keys', 'serving')
          toast(share === 1 ? `${standing.run} antwortet jetzt allen` : `${standing.run} wird erprobt`)
        }}
      >
        <FirstChoice value={first} onChange={setFirst} />
      </Confirm>
    </div>
  )
}
