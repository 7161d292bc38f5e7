import { Download, Undo2 } from 'lucide-react'
import { useState } from 'react'
import type { ReviewRow } from '@/api/types'
import { formatTime, plural } from '@/lib/format'
import { saveLines } from '@/lib/save'
import { useSending } from '@/lib/use-sending'
import { Tag } from '@/ui/badge'
import { Button, IconButton } from '@/ui/button'
import { Pager } from '@/ui/pager'
import { Segmented } from '@/ui/segmented'
import { Empty, Fault, OldNews, SkeletonRows } from '@/ui/states'
import { toast, toastFault } from '@/ui/toast'
import { exported, useDecided } from './review-api'
import { DECIDED, type TalksPageProps, type Verdict } from './search'
import { useTakingBack } from './use-review'
import { editorName, VERDICTS } from './words'

type Props = Pick<TalksPageProps, 'search' | 'onSearch'>

/** What editors decided, with the way back, and the file of it that may be learned from. */
export function DecidedTab({ search, onSearch }: Props) {
  const verdict = search.urteil ?? 'geaendert'
  return (
    <div className="grid gap-4">
      <div className="flex flex-wrap items-center gap-3">
        <Segmented label="Entscheidung" value={verdict} onChange={(next) => onSearch({ urteil: next === 'geaendert' ? undefined : next })} options={VERDICTS.map(({ verdict: value, label }) => ({ value, label }))} />
        <span className="ml-auto">
          <ExportButton />
        </span>
      </div>
      <p className="max-w-prose text-sm text-muted">Ausgegeben werden geänderte und angenommene Antworten, die zum Lernen freigegeben sind; was eine zweite Prüfung für personenbezogen hält, bleibt hier.</p>
      <Decisions key={verdict} verdict={verdict} onOpen={(eintrag) => onSearch({ teil: 'durchsicht', urteil: undefined, eintrag })} />
    </div>
  )
}

const PAGE = 25

function Decisions({ verdict, onOpen }: { verdict: Verdict; onOpen: (reviewId: string) => void }) {
  const [page, setPage] = useState(0)
  const found = useDecided(DECIDED[verdict], page * PAGE, PAGE)
  const words = VERDICTS.find((one) => one.verdict === verdict) ?? VERDICTS[0]
  if (!found.data) return found.isError ? <Fault error={found.error} onRetry={() => void found.refetch()} className="card" /> : <div className="card"><SkeletonRows /></div>
  const { reviews, total } = found.data
  // The last of a page was taken back: what is left stands on the page before.
  if (reviews.length === 0 && page > 0 && !found.isPlaceholderData) setPage(page - 1)
  if (total === 0 && page === 0) return <Empty className="card" title={words.none}>{words.why}</Empty>
  return (
    <>
      <OldNews found={found} />
      <ul className="card divide-y divide-line" aria-label={words.list}>
        {reviews.map((row) => (
          <Line key={row.review_id} row={row} onOpen={() => onOpen(row.review_id)} />
        ))}
      </ul>
      <Pager at={page} pages={Math.max(1, Math.ceil(total / PAGE))} onPage={setPage} back="Vorige Seite" on="Nächste Seite">
        {plural(total, ...words.counted)}
      </Pager>
    </>
  )
}

function Line({ row, onOpen }: { row: ReviewRow; onOpen: () => void }) {
  const { busy, start } = useTakingBack()
  return (
    <li className="flex items-start gap-3 px-4 py-3">
      <div className="grid min-w-0 flex-1 gap-1">
        <button type="button" onClick={onOpen} className="text-left text-sm font-medium [overflow-wrap:anywhere] hover:underline">
          {row.question}
        </button>
        <p className="num flex flex-wrap items-center gap-1.5 text-xs text-muted">
          {editorName(row.decided_by)} · {formatTime(row.decided_at)} {row.rating ? <Tag>{row.rating} von 5</Tag> : null}
        </p>
      </div>
      <IconButton label={`Entscheidung zurücknehmen: ${row.question}`} size="icon-sm" className="text-muted" disabled={busy} onClick={() => void start(row.review_id, row.question)}>
        <Undo2 aria-hidden />
      </IconButton>
    </li>
  )
}

async function saveLearnable(): Promise<void> {
  const { rows, held_back: held } = await exported()
  if (rows.length > 0) saveLines('nova-freigegebene-antworten.jsonl', rows.map((row) => `${JSON.stringify(row)}\n`).join(''))
  toast(rows.length > 0 ? plural(rows.length, 'Zeile ausgegeben', 'Zeilen ausgegeben') : 'Nichts auszugeben', 'ok', held > 0 ? `${plural(held, 'Zeile', 'Zeilen')} zurückgehalten: möglicherweise personenbezogen.` : undefined)
}

function ExportButton() {
  const { busy, send } = useSending(toastFault)
  return (
    <Button busy={busy} onClick={() => void send(saveLearnable)}>
      <Download aria-hidden /> Lernmenge ausgeben
    </Button>
  )
}
