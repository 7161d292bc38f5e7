import { Download, Undo2 } from 'lucide-react'
import { useState } from 'react'
import type { ReviewRow } from '@/api/types'
import { formatTime, plural } from '@/lib/format'
import { saveLines } from '@/lib/save'
import { Tag } from '@/ui/badge'
import { Button, IconButton } from '@/ui/button'
import { Pager } from '@/ui/pager'
import { Empty, Fault, SkeletonRows } from '@/ui/states'
import { toast, toastFault } from '@/ui/toast'
import { exported, undo, useDecided, useRenewReviews } from './review-api'
import { editorName } from './words'

const PAGE = 25

/** What editors stand for, and the file of it that may be learned from. */
export function CuratedTab({ onOpen }: { onOpen: (reviewId: string) => void }) {
  const [page, setPage] = useState(0)
  const found = useDecided(page * PAGE, PAGE)
  const renew = useRenewReviews()
  const [busy, setBusy] = useState<string | null>(null)
  if (found.isPending) return <div className="card"><SkeletonRows /></div>
  if (found.isError) return <Fault error={found.error} onRetry={() => void found.refetch()} className="card" />
  const takeBack = async (row: ReviewRow): Promise<void> => {
    setBusy(row.review_id)
    try {
      await undo(row.review_id)
      await renew()
      toast('Wieder offen', 'ok', row.question)
    } catch (error) {
      toastFault(error)
    } finally {
      setBusy(null)
    }
  }
  if (found.data.total === 0)
    return (
      <Empty className="card" title="Noch keine geänderte Antwort">
        Wer in der Durchsicht eine Antwort ändert, schafft ein Paar aus richtiger und bisheriger Antwort. Es steht dann hier.
      </Empty>
    )
  return (
    <div className="grid gap-4">
      <div className="flex flex-wrap items-center justify-between gap-3">
        <p className="max-w-prose text-sm text-muted">Geänderte Antworten. Ausgegeben wird nur, was zum Lernen freigegeben ist; was eine zweite Prüfung für personenbezogen hält, bleibt hier.</p>
        <ExportButton />
      </div>
      <ul className="card divide-y divide-line" aria-label="Geänderte Antworten">
        {found.data.reviews.map((row) => (
          <li key={row.review_id} className="flex items-start gap-3 px-4 py-3">
            <div className="grid min-w-0 flex-1 gap-1">
              <button type="button" onClick={() => onOpen(row.review_id)} className="text-left text-sm font-medium [overflow-wrap:anywhere] hover:underline">
                {row.question}
              </button>
              <p className="num flex flex-wrap items-center gap-1.5 text-xs text-muted">
                {editorName(row.decided_by)} · {formatTime(row.decided_at)} {row.rating ? <Tag>{row.rating} von 5</Tag> : null}
              </p>
            </div>
            <IconButton label={`Entscheidung zurücknehmen: ${row.question}`} size="icon-sm" className="text-muted" disabled={busy === row.review_id} onClick={() => void takeBack(row)}>
              <Undo2 aria-hidden />
            </IconButton>
          </li>
        ))}
      </ul>
      <Pager at={page} pages={Math.ceil(found.data.total / PAGE)} onPage={setPage} back="Vorige Seite" on="Nächste Seite">
        {plural(found.data.total, 'geänderte Antwort', 'geänderte Antworten')}
      </Pager>
    </div>
  )
}

function ExportButton() {
  const [busy, setBusy] = useState(false)
  const save = async (): Promise<void> => {
    setBusy(true)
    try {
      const { rows, held_back: held } = await exported()
      if (rows.length > 0) saveLines('nova-freigegebene-antworten.jsonl', rows.map((row) => `${JSON.stringify(row)}\n`).join(''))
      toast(rows.length > 0 ? plural(rows.length, 'Zeile ausgegeben', 'Zeilen ausgegeben') : 'Nichts auszugeben', 'ok', held > 0 ? `${plural(held, 'Zeile', 'Zeilen')} zurückgehalten: möglicherweise personenbezogen.` : undefined)
    } catch (error) {
      toastFault(error)
    } finally {
      setBusy(false)
    }
  }
  return (
    <Button busy={busy} onClick={() => void save()}>
      <Download aria-hidden /> Lernmenge ausgeben
    </Button>
  )
}
