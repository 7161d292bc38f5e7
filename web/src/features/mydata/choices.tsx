import { useState } from 'react'
import type { ConsentState } from '@/api/types'
import { ConsentText, useConsent, useSay } from '@/consent'
import { formatTime } from '@/lib/format'
import { Badge, Tag } from '@/ui/badge'
import { Button } from '@/ui/button'
import { Confirm, Dialog } from '@/ui/dialog'
import { Fault, Skeleton } from '@/ui/states'
import { toast, toastFault } from '@/ui/toast'

const TITLES: Record<ConsentState['purpose'], string> = { service: 'Gespräche aufbewahren', analytics: 'Güte messen', training: 'Daraus lernen' }

/** The three purposes, each with a way in and a way out; and all that was said so far. */
export function Choices({ person }: { person: string }) {
  const consent = useConsent(person)
  const say = useSay()
  const [busy, setBusy] = useState<string | null>(null)
  const [leaving, setLeaving] = useState(false)
  const [reading, setReading] = useState(false)
  if (consent.isPending) return <Skeleton className="h-56 rounded-card" />
  if (consent.isError) return <Fault error={consent.error} onRetry={() => void consent.refetch()} className="card" />
  const { purposes, text, history } = consent.data
  const change = async (purpose: ConsentState['purpose'], given: boolean): Promise<void> => {
    setBusy(purpose)
    try {
      await say({ [purpose]: given }, text.version)
      toast(given ? 'Eingewilligt' : 'Widerrufen', 'ok', TITLES[purpose])
    } catch (error) {
      toastFault(error)
    } finally {
      setBusy(null)
    }
  }
  return (
    <div className="grid gap-3">
      <ul className="card divide-y divide-line">
        {purposes.map((one) => (
          <li key={one.purpose} className="flex flex-wrap items-center gap-3 px-4 py-3.5">
            <div className="grid min-w-0 flex-1 basis-64 gap-1">
              <p className="flex flex-wrap items-center gap-2 text-sm font-medium">
                {one.title} {one.given ? <Badge shade="ok">eingewilligt</Badge> : <Badge>{one.given === null ? 'nicht gefragt' : 'nicht eingewilligt'}</Badge>}
              </p>
              <p className="max-w-prose text-sm text-muted">{one.meaning}</p>
            </div>
            <Button
              size="sm"
              look={one.given ? 'outline' : 'primary'}
              busy={busy === one.purpose}
              aria-label={`${one.given ? 'Widerrufen' : 'Einwilligen'}: ${one.title}`}
              onClick={() => (one.given && one.purpose === 'service' ? setLeaving(true) : void change(one.purpose, !one.given))}
            >
              {one.given ? 'Widerrufen' : 'Einwilligen'}
            </Button>
          </li>
        ))}
      </ul>
      <div className="flex flex-wrap items-center gap-3">
        <Button size="sm" look="ghost" onClick={() => setReading(true)}>
          Wortlaut lesen ({text.version})
        </Button>
      </div>
      {history.length > 0 ? (
        <details className="card px-4 py-3 text-sm">
          <summary className="cursor-pointer font-medium">Was Sie bisher erklärt haben</summary>
          <ol className="num grid gap-1.5 pt-3 text-muted">
            {history.map((entry, index) => (
              <li key={index} className="flex flex-wrap items-center gap-2">
                {formatTime(entry.at)} · {TITLES[entry.purpose]}: {entry.given ? 'ja' : 'nein'} <Tag>{entry.source}</Tag> <Tag>{entry.version}</Tag>
              </li>
            ))}
          </ol>
        </details>
      ) : null}
      <Confirm open={leaving} onClose={() => setLeaving(false)} title="Aufbewahrung widerrufen?" action="Widerrufen und Texte löschen" danger onConfirm={() => say({ service: false }, text.version)}>
        Die Texte Ihrer Fragen, der Antworten und Ihrer Gespräche werden sofort gelöscht, auch Ihr Verlauf. Das lässt sich nicht zurücknehmen. Fragen können Sie Luna weiterhin.
      </Confirm>
      <Dialog open={reading} onClose={() => setReading(false)} title="Wortlaut der Einwilligung" description={`Fassung ${text.version}`} className="w-[min(640px,calc(100vw-24px))]">
        <ConsentText text={text.text} />
      </Dialog>
    </div>
  )
}
