import { Trash2 } from 'lucide-react'
import { useState } from 'react'
import type { Erasure } from '@/api/types'
import { formatCount, formatTime } from '@/lib/format'
import { saveLines } from '@/lib/save'
import { useSending } from '@/lib/use-sending'
import { Badge } from '@/ui/badge'
import { Button } from '@/ui/button'
import { Dialog } from '@/ui/dialog'
import { CheckLine, Field, Input } from '@/ui/field'
import { Empty, Fault, FaultLine, SkeletonRows } from '@/ui/states'
import { toast } from '@/ui/toast'
import { countedName } from './words'
import { eraseSubject, useErasures, useRenew } from './api'

/** Who was erased, by pseudonym, with the receipt of each. */
export function ErasuresTab({ admin }: { admin: boolean }) {
  const found = useErasures()
  const [asking, setAsking] = useState(false)
  if (found.isPending) return <div className="card"><SkeletonRows /></div>
  if (found.isError) return <Fault error={found.error} onRetry={() => void found.refetch()} className="card" />
  return (
    <div className="grid gap-4">
      <div className="flex flex-wrap items-center gap-3">
        <p className="max-w-prose min-w-0 flex-1 basis-64 text-sm text-muted">Das Verzeichnis überlebt jede Wiederherstellung: Aus einer älteren Sicherung werden gelöschte Personen erneut entfernt, bevor Nova antwortet.</p>
        {admin ? (
          <Button size="sm" look="danger" className="sm:ml-auto" onClick={() => setAsking(true)}>
            <Trash2 aria-hidden /> Person löschen
          </Button>
        ) : null}
      </div>
      {found.data.erasures.length === 0 ? (
        <Empty className="card" title="Noch niemand gelöscht">Belege über Löschungen stehen dann hier.</Empty>
      ) : (
        <ul aria-label="Löschverzeichnis" className="card divide-y divide-line">
          {found.data.erasures.map((erasure) => (
            <li key={erasure.erasure_id} className="grid gap-2 px-4 py-3">
              <div className="num flex flex-wrap items-center gap-2 text-sm">
                <Badge shade={erasure.done_at ? 'ok' : 'brand'}>{erasure.done_at ? 'gelöscht' : 'läuft'}</Badge>
                <code className="text-xs">{erasure.subject_id}</code>
                <span className="text-xs text-muted">
                  {formatTime(erasure.asked_at)} {erasure.done_at ? `bis ${formatTime(erasure.done_at)}` : ''}
                </span>
                <Button size="sm" className="ml-auto" onClick={() => saveLines(`loeschbeleg-${erasure.erasure_id}.json`, `${JSON.stringify(erasure, null, 2)}\n`)}>
                  Beleg
                </Button>
              </div>
              <Counts receipt={erasure.receipt} />
            </li>
          ))}
        </ul>
      )}
      <AskDialog key={String(asking)} open={asking} onClose={() => setAsking(false)} />
    </div>
  )
}

/** What went where, as far as the receipt counts it. */
function Counts({ receipt }: { receipt: Erasure['receipt'] }) {
  const rows = Object.entries(receipt).flatMap(([name, told]) => (typeof told === 'object' && told !== null && !Array.isArray(told) ? Object.entries(told).filter(([, n]) => typeof n === 'number' && n > 0).map(([what, n]) => [`${name}.${what}`, n as number] as const) : []))
  if (rows.length === 0) return null
  return <p className="num text-xs text-muted [overflow-wrap:anywhere]">{rows.map(([name, n]) => `${countedName(name)}: ${formatCount(n)}`).join(' · ')}</p>
}

const WORD = 'LÖSCHEN'

function AskDialog({ open, onClose }: { open: boolean; onClose: () => void }) {
  const renew = useRenew('erasures')
  const [subject, setSubject] = useState('')
  const [word, setWord] = useState('')
  const [purge, setPurge] = useState(false)
  const { busy, fault, send } = useSending()
  const erase = async (): Promise<void> => {
    await eraseSubject(subject.trim(), purge)
    await renew()
    toast('Die Löschung läuft', 'ok', 'Der Beleg erscheint hier.')
    onClose()
  }
  return (
    <Dialog open={open} onClose={onClose} title="Person löschen?" description="Alles über diese Person wird gelöscht. Das lässt sich nicht zurücknehmen.">
      <Field label="Person" hint="Pseudonym, Kennung des Zugangs oder die Kennung im anliefernden System.">
        {(ids) => <Input {...ids} autoComplete="off" value={subject} maxLength={200} onChange={(event) => setSubject(event.target.value)} />}
      </Field>
      <CheckLine label="Auch ältere Sicherungen löschen" hint="Sonst verfallen sie nach ihrer Frist und werden beim Einspielen bereinigt." checked={purge} onChange={setPurge} />
      <Field label={`Zur Bestätigung: ${WORD}`}>{(ids) => <Input {...ids} autoComplete="off" value={word} onChange={(event) => setWord(event.target.value)} />}</Field>
      <FaultLine error={fault} />
      <div className="flex justify-end gap-2">
        <Button onClick={onClose}>Abbrechen</Button>
        <Button look="danger" busy={busy} disabled={!subject.trim() || word.trim().toUpperCase() !== WORD} onClick={() => void send(erase)}>
          Endgültig löschen
        </Button>
      </div>
    </Dialog>
  )
}
