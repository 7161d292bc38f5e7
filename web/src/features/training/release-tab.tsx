import { Check, X } from 'lucide-react'
import { useState } from 'react'
import type { TrainRun, TrainStanding } from '@/api/types'
import { formatCount, formatTime } from '@/lib/format'
import { useMay } from '@/lib/may'
import { actorName } from '@/lib/words'
import { StateBadge } from '@/ui/badge'
import { Button } from '@/ui/button'
import { Confirm } from '@/ui/dialog'
import { Field, Input } from '@/ui/field'
import { Section } from '@/ui/page'
import { Fault, OldNews, SkeletonRows } from '@/ui/states'
import { toast } from '@/ui/toast'
import { turnKey, useRenew, useServing, useStanding, type Says } from './api'
import { Begin, FirstChoice, TrialSection } from './trial'
import { FIRSTS, releaseState, type First } from './words'

/** Two people let a model serve: who said what, what holds it, one's own key, and how it does where it is tried first. */
export function ReleaseTab({ run }: { run: TrainRun }) {
  const may = useMay()('promote')
  const found = useStanding(run.name)
  const { data: serving } = useServing()
  if (!found.data) return found.isError ? <Fault error={found.error} onRetry={() => void found.refetch()} className="card" /> : <div className="card"><SkeletonRows /></div>
  const standing = found.data
  const held = standing.state === 'live' ? [] : standing.held
  const trial = serving?.trial?.name === run.name ? serving.trial : null
  return (
    <div className="grid gap-6">
      <OldNews found={found} />
      <div className="card grid gap-3 p-4 text-sm">
        <p className="num flex flex-wrap items-center gap-2">
          <StateBadge word={releaseState(standing.state)} />
          {stands(standing)}
        </p>
        {held.length > 0 ? (
          <ul aria-label="Was die Freigabe hält" className="grid gap-1 text-warn">
            {held.map((reason) => (
              <li key={reason} className="[overflow-wrap:anywhere]">{reason}</li>
            ))}
          </ul>
        ) : null}
        {may ? trial ? null : turned(standing) < standing.needed ? <Keys standing={standing} /> : standing.state === 'live' ? null : <Begin standing={standing} /> : <p className="text-muted">Freigeben dürfen Datentechnik und Betriebsverwaltung, angemeldet mit ihrem Namen.</p>}
      </div>
      {trial ? <TrialSection trial={trial} may={may} /> : null}
      {standing.keys.length > 0 ? (
        <Section title="Schlüssel">
          <ul aria-label="Schlüssel" className="card divide-y divide-line">
            {standing.keys.map((key) => (
              <li key={key.turned_by} className="grid gap-1 px-4 py-2.5 text-sm">
                <p className="num flex flex-wrap items-center gap-2">
                  <StateBadge word={key.says === 'yes' ? { label: 'ja', shade: 'ok' } : { label: 'nein', shade: 'bad' }} />
                  <span>{actorName(key.turned_by)}</span>
                  <span className="text-xs text-muted">{formatTime(key.at)}</span>
                </p>
                {key.reason ? <p className="text-xs [overflow-wrap:anywhere]">{key.reason}</p> : null}
              </li>
            ))}
          </ul>
        </Section>
      ) : null}
    </div>
  )
}

function turned({ keys }: TrainStanding): number {
  return keys.filter(({ says }) => says === 'yes').length
}

function stands(standing: TrainStanding): string {
  const { state, needed } = standing
  if (state === 'live') return 'Dieses Modell dient.'
  if (state === 'trial') return 'Dieses Modell wird erprobt. Wer es für alle in Dienst nimmt, braucht keinen weiteren Schlüssel.'
  const yes = turned(standing)
  return yes < needed ? `${formatCount(yes)} von ${formatCount(needed)} Schlüsseln sind gedreht. Mit dem letzten dient das Modell.` : 'Beide Schlüssel sind gedreht. Das Modell antwortet noch niemandem.'
}

const ASKS: Record<Says, { title: string; action: string; says: string; done: string }> = {
  yes: { title: 'Modell freigeben?', action: 'Freigeben', says: 'Sie stehen mit Ihrem Namen dafür ein, dass dieses Modell antworten darf. Nötig sind zwei Menschen.', done: 'Ihr Schlüssel ist gedreht' },
  no: { title: 'Freigabe ablehnen?', action: 'Ablehnen', says: 'Dieses Urteil kann dann niemand mehr freigeben, bis der Lauf neu beurteilt ist.', done: 'Sie haben abgelehnt' },
}

function Keys({ standing }: { standing: TrainStanding }) {
  const [asked, setAsked] = useState<Says>('yes')
  const [open, setOpen] = useState(false)
  const [reason, setReason] = useState('')
  const [first, setFirst] = useState<First>('canary')
  const last = asked === 'yes' && turned(standing) === standing.needed - 1
  const renew = useRenew()
  if (standing.state === 'live' || standing.evaluation_id === '') return null
  const ask = (says: Says): void => {
    setAsked(says)
    setOpen(true)
  }
  return (
    <div className="flex flex-wrap gap-2">
      <Button look="primary" disabled={standing.held.length > 0} onClick={() => ask('yes')}>
        <Check aria-hidden /> Freigeben
      </Button>
      <Button onClick={() => ask('no')}>
        <X aria-hidden /> Ablehnen
      </Button>
      <Confirm
        open={open}
        onClose={() => setOpen(false)}
        title={ASKS[asked].title}
        action={ASKS[asked].action}
        danger={asked === 'no'}
        onConfirm={async () => {
          await turnKey(standing, asked, reason.trim(), last ? (FIRSTS.find(({ value }) => value === first)?.share ?? 1) : 1)
          setReason('')
          await renew('keys', 'serving')
          toast(ASKS[asked].done)
        }}
      >
        <div className="grid gap-3">
          <p>{ASKS[asked].says}</p>
          {last ? <FirstChoice value={first} onChange={setFirst} /> : null}
          <Field label="Begründung" hint="Freiwillig; Namen und Nummern werden geschwärzt.">
            {(ids) => <Input {...ids} value={reason} onChange={(event) => setReason(event.target.value)} maxLength={500} autoComplete="off" />}
          </Field>
        </div>
      </Confirm>
    </div>
  )
}
