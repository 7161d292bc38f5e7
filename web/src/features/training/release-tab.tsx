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
import { turnKey, useRenew, useStanding, type Says } from './api'
import { releaseState } from './words'

/** Two people let a model serve: who said what, what holds it, and one's own key. */
export function ReleaseTab({ run }: { run: TrainRun }) {
  const may = useMay()('promote')
  const found = useStanding(run.name)
  if (!found.data) return found.isError ? <Fault error={found.error} onRetry={() => void found.refetch()} className="card" /> : <div className="card"><SkeletonRows /></div>
  const standing = found.data
  const held = standing.state === 'live' ? [] : standing.held
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
        {may ? <Keys standing={standing} /> : <p className="text-muted">Freigeben dürfen Datentechnik und Betriebsverwaltung, angemeldet mit ihrem Namen.</p>}
      </div>
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

function stands({ state, keys, needed }: TrainStanding): string {
  if (state === 'live') return 'Dieses Modell dient.'
  const yes = keys.filter(({ says }) => says === 'yes').length
  return `${formatCount(yes)} von ${formatCount(needed)} Schlüsseln sind gedreht. Mit dem letzten dient das Modell.`
}

const ASKS: Record<Says, { title: string; action: string; says: string; done: string }> = {
  yes: { title: 'Modell freigeben?', action: 'Freigeben', says: 'Sie stehen mit Ihrem Namen dafür ein, dass dieses Modell antworten darf. Nötig sind zwei Menschen.', done: 'Ihr Schlüssel ist gedreht' },
  no: { title: 'Freigabe ablehnen?', action: 'Ablehnen', says: 'Dieses Urteil kann dann niemand mehr freigeben, bis der Lauf neu beurteilt ist.', done: 'Sie haben abgelehnt' },
}

function Keys({ standing }: { standing: TrainStanding }) {
  const [asked, setAsked] = useState<Says>('yes')
  const [open, setOpen] = useState(false)
  const [reason, setReason] = useState('')
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
          await turnKey(standing, asked, reason.trim())
          setReason('')
          await renew('keys', 'serving')
          toast(ASKS[asked].done)
        }}
      >
        <div className="grid gap-3">
          <p>{ASKS[asked].says}</p>
          <Field label="Begründung" hint="Freiwillig; Namen und Nummern werden geschwärzt.">
            {(ids) => <Input {...ids} value={reason} onChange={(event) => setReason(event.target.value)} maxLength={500} autoComplete="off" />}
          </Field>
        </div>
      </Confirm>
    </div>
  )
}
