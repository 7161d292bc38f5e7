import { Trash2 } from 'lucide-react'
import { useState } from 'react'
import type { Erasure } from '@/api/types'
import { formatCount, formatTime, plural } from '@/lib/format'
import { saveJson } from '@/lib/save'
import { useSending } from '@/lib/use-sending'
import { StateBadge } from '@/ui/badge'
import { Button } from '@/ui/button'
import { Dialog } from '@/ui/dialog'
import { CheckLine, Field, Input } from '@/ui/field'
import { Pager } from '@/ui/pager'
import { Empty, Fault, FaultLine, OldNews, SkeletonRows } from '@/ui/states'
import { toast, toastFault } from '@/ui/toast'
import { isTheWord, TypedWord } from '@/ui/typed-word'
import { eraseSubject, ERASURES_PAGE, retryErasure, useErasures, useRenew } from './api'
import { adapterLines, erasureState, isLeft, receiptLines, type ReceiptLine } from './words'

/** Who was erased, by pseudonym, with the receipt of each. */
export function ErasuresTab({ admin }: { admin: boolean }) {
  const [page, setPage] = useState(0)
  const found = useErasures(page)
  const [asking, setAsking] = useState(false)
  if (!found.data) return found.isError ? <Fault error={found.error} onRetry={() => void found.refetch()} className="card" /> : <div className="card"><SkeletonRows /></div>
  const { erasures, total } = found.data
  if (page > 0 && erasures.length === 0 && !found.isPlaceholderData) setPage(page - 1)
  return (
    <div className="grid gap-4">
      <OldNews found={found} />
      <div className="flex flex-wrap items-center gap-3">
        <p className="max-w-prose min-w-0 flex-1 basis-64 text-sm text-muted">Das Verzeichnis überlebt jede Wiederherstellung: Aus einer älteren Sicherung werden gelöschte Personen erneut entfernt, bevor Nova antwortet.</p>
        {admin ? (
          <Button size="sm" look="danger" className="sm:ml-auto" onClick={() => setAsking(true)}>
            <Trash2 aria-hidden /> Person löschen
          </Button>
        ) : null}
      </div>
      {erasures.length === 0 && page === 0 ? (
        <Empty className="card" title="Noch niemand gelöscht">Belege über Löschungen stehen dann hier.</Empty>
      ) : (
        <ul aria-label="Löschverzeichnis" className="card divide-y divide-line">
          {erasures.map((erasure) => (
            <Row key={erasure.erasure_id} erasure={erasure} admin={admin} />
          ))}
        </ul>
      )}
      {total > ERASURES_PAGE ? (
        <Pager at={page} pages={Math.ceil(total / ERASURES_PAGE)} onPage={setPage} back="Neuere Löschungen" on="Ältere Löschungen">
          {plural(total, 'Löschung', 'Löschungen')}
        </Pager>
      ) : null}
      <AskDialog key={String(asking)} open={asking} onClose={() => setAsking(false)} />
    </div>
  )
}

/** One erasure as it stands; what is left undone is started again here. */
function Row({ erasure, admin }: { erasure: Erasure; admin: boolean }) {
  const renew = useRenew('erasures')
  const { busy, send } = useSending((error) => {
    toastFault(error)
    void renew()
  })
  const asked = formatTime(erasure.asked_at)
  const again = async (): Promise<void> => {
    await retryErasure(erasure.erasure_id)
    await renew()
  }
  return (
    <li className="grid gap-2 px-4 py-3">
      <div className="num flex flex-wrap items-center gap-2 text-sm">
        <StateBadge word={erasureState(erasure)} />
        <code className="text-xs">{erasure.subject_id}</code>
        <span className="text-xs text-muted">
          verlangt {asked}
          {erasure.done_at ? `, vollzogen ${formatTime(erasure.done_at)}` : ''}
        </span>
        <span className="ml-auto flex gap-2">
          {admin && isLeft(erasure) ? (
            <Button size="sm" busy={busy} aria-label={`Löschung vom ${asked} noch einmal versuchen`} onClick={() => void send(again)}>
              Noch einmal versuchen
            </Button>
          ) : null}
          <Button size="sm" disabled={!erasure.done_at} aria-label={`Beleg der Löschung vom ${asked}`} onClick={() => saveJson(`loeschbeleg-${erasure.erasure_id}.json`, erasure)}>
            Beleg
          </Button>
        </span>
      </div>
      {isLeft(erasure) ? (
        <p className="max-w-prose text-xs text-muted [overflow-wrap:anywhere]">
          {erasure.error ? `${erasure.error} ` : ''}Was noch übrig ist, löscht Nova von selbst binnen eines Tages.
        </p>
      ) : null}
      <Counts receipt={erasure.receipt} />
    </li>
  )
}

function counted(lines: ReceiptLine[]): string {
  return lines.map(({ name, n }) => `${name}\u00a0${formatCount(n)}`).join(' · ')
}

/** What is gone, and what stays and why, as far as the receipt counts it. */
function Counts({ receipt }: { receipt: Erasure['receipt'] }) {
  const { gone, stays } = receiptLines(receipt)
  return (
    <>
      {gone.length > 0 ? <p className="num text-xs text-muted [overflow-wrap:anywhere]">Gelöscht: {counted(gone)}</p> : null}
      {adapterLines(receipt).map((line) => (
        <p key={line} className="text-xs text-muted [overflow-wrap:anywhere]">
          {line}
        </p>
      ))}
      {stays.length > 0 ? (
        <details className="num text-xs text-muted">
          <summary className="cursor-pointer">Bleibt: {counted(stays)}</summary>
          <ul className="list-disc pt-1 pl-5">
            {stays.map(({ name, why }) => (
              <li key={name}>
                {name}: {why}
              </li>
            ))}
          </ul>
        </details>
      ) : null}
    </>
  )
}

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
    <Dialog open={open} onClose={onClose} title="Person löschen?" description="Alles über diese Person wird gelöscht. Das lässt sich nicht zurücknehmen." firm>
      <Field label="Person" hint="Pseudonym, Kennung des Zugangs oder die Kennung im anliefernden System.">
        {(ids) => <Input {...ids} autoComplete="off" value={subject} maxLength={200} onChange={(event) => setSubject(event.target.value)} />}
      </Field>
      <CheckLine label="Auch ältere Sicherungen löschen" hint="Sonst verfallen sie nach ihrer Frist und werden beim Einspielen bereinigt." checked={purge} onChange={setPurge} />
      <TypedWord value={word} onChange={setWord} />
      <FaultLine error={fault} />
      <div className="flex justify-end gap-2">
        <Button onClick={onClose}>Abbrechen</Button>
        <Button look="danger" busy={busy} disabled={!subject.trim() || !isTheWord(word)} onClick={() => void send(erase)}>
          Endgültig löschen
        </Button>
      </div>
    </Dialog>
  )
}
