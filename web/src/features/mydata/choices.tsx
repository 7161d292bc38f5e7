import { useState } from 'react'
import type { ConsentState } from '@/api/types'
import { ConsentText, useConsent, useSay } from '@/consent'
import { formatTime } from '@/lib/format'
import { useSending } from '@/lib/use-sending'
import { channelName } from '@/lib/words'
import { Badge, Tag } from '@/ui/badge'
import { Button } from '@/ui/button'
import { Confirm, Dialog } from '@/ui/dialog'
import { Fault, FaultLine, Skeleton } from '@/ui/states'
import { toast } from '@/ui/toast'

/** The purposes, each with a way in and a way out; and all that was said so far. */
export function Choices({ person }: { person: string }) {
  const consent = useConsent(person)
  const say = useSay()
  const [leaving, setLeaving] = useState(false)
  const [reading, setReading] = useState(false)
  if (!consent.data) return consent.isError ? <Fault error={consent.error} onRetry={() => void consent.refetch()} className="card" /> : <Skeleton className="h-56 rounded-card" />
  const { purposes, text, history } = consent.data
  const titleOf = (purpose: ConsentState['purpose']): string => purposes.find((one) => one.purpose === purpose)?.title ?? purpose
  return (
    <div className="grid gap-3">
      <ul className="card divide-y divide-line">
        {purposes.map((one) => (
          <Choice key={one.purpose} state={one} onSay={(given) => say({ [one.purpose]: given }, text.version)} onLeave={one.purpose === 'service' ? () => setLeaving(true) : undefined} />
        ))}
      </ul>
      <div className="flex flex-wrap items-center gap-3">
        <Button size="sm" look="ghost" onClick={() => setReading(true)}>
          Wortlaut lesen (Fassung {text.version})
        </Button>
      </div>
      {history.length > 0 ? (
        <details className="card px-4 py-3 text-sm">
          <summary className="cursor-pointer font-medium">Was Sie bisher erklärt haben</summary>
          <ol className="num grid gap-1.5 pt-3 text-muted">
            {history.map((entry, index) => (
              <li key={index} className="flex flex-wrap items-center gap-2">
                {formatTime(entry.at)} · {titleOf(entry.purpose)}: {entry.given ? 'ja' : 'nein'} <Tag>über {channelName(entry.source)}</Tag> <Tag>Fassung {entry.version}</Tag>
              </li>
            ))}
          </ol>
        </details>
      ) : null}
      <Confirm open={leaving} onClose={() => setLeaving(false)} title="Aufbewahrung widerrufen?" action="Widerrufen und Texte löschen" danger onConfirm={() => say({ service: false }, text.version).then(() => toast('Widerrufen', 'ok', titleOf('service')))}>
        Die Texte Ihrer Fragen, der Antworten und Ihrer Gespräche werden sofort gelöscht, auch Ihr Verlauf. Das lässt sich nicht zurücknehmen. Fragen können Sie Luna weiterhin.
      </Confirm>
      <Dialog open={reading} onClose={() => setReading(false)} title="Wortlaut der Einwilligung" description={`Fassung ${text.version}`} className="w-[min(640px,calc(100vw-24px))]">
        <ConsentText text={text.text} />
      </Dialog>
    </div>
  )
}

/** A purpose with its way in or out; `onLeave` asks before. */
function Choice({ state, onSay, onLeave }: { state: ConsentState; onSay: (given: boolean) => Promise<unknown>; onLeave: (() => void) | undefined }) {
  const { busy, fault, send } = useSending()
  const given = state.given ?? false
  const turn = async (): Promise<void> => {
    await onSay(!given)
    toast(given ? 'Widerrufen' : 'Eingewilligt', 'ok', state.title)
  }
  return (
    <li className="grid gap-2.5 px-4 py-3.5">
      <div className="flex flex-wrap items-center gap-3">
        <div className="grid min-w-0 flex-1 basis-64 gap-1">
          <p className="flex flex-wrap items-center gap-2 text-sm font-medium">
            {state.title} {given ? <Badge shade="ok">eingewilligt</Badge> : <Badge>{state.given === null ? 'nicht gefragt' : 'nicht eingewilligt'}</Badge>}
          </p>
          <p className="max-w-prose text-sm text-muted">{state.meaning}</p>
        </div>
        <Button size="sm" look={given ? 'outline' : 'primary'} busy={busy} aria-label={`${given ? 'Widerrufen' : 'Einwilligen'}: ${state.title}`} onClick={() => (given && onLeave ? onLeave() : void send(turn))}>
          {given ? 'Widerrufen' : 'Einwilligen'}
        </Button>
      </div>
      <FaultLine error={fault} />
    </li>
  )
}
