import { useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { Trash2 } from 'lucide-react'
import { useState } from 'react'
import type { AnswerSummary } from '@/api/types'
import { useConsent } from '@/consent'
import { formatAgo } from '@/lib/format'
import { gist } from '@/lib/text'
import { useTone } from '@/lib/tone'
import { worded } from '@/lib/veil'
import { Button, IconButton } from '@/ui/button'
import { Confirm, Drawer } from '@/ui/dialog'
import { Empty, Fault, SkeletonRows } from '@/ui/states'
import { deleteAnswer, useHistory } from './api'

interface HistoryProps {
  /** Null for the operator. */
  person: string | null
  open: boolean
  onClose: () => void
  onPick: (answerId: string) => void
}

export function HistoryDrawer({ person, open, onClose, onPick }: HistoryProps) {
  return (
    <Drawer
      open={open}
      onClose={onClose}
      title="Verlauf"
      description="Ihre bisherigen Fragen"
      className="w-[min(440px,100vw)]"
      footer={
        person === null ? null : (
          <Link to="/uebergaben" search={{ teil: 'gesendet' }} className="text-sm text-brand underline underline-offset-3">
            Was Sie übergeben haben
          </Link>
        )
      }
    >
      <HistoryList person={person} open={open} onPick={onPick} />
    </Drawer>
  )
}

function HistoryList({ person, open, onPick }: { person: string | null; open: boolean; onPick: (answerId: string) => void }) {
  const history = useHistory(open)
  const consent = useConsent(person)
  const queries = useQueryClient()
  const tone = useTone()
  const [doomed, setDoomed] = useState<AnswerSummary | null>(null)
  if (history.isPending) return <SkeletonRows />
  if (history.isError) return <Fault error={history.error} onRetry={() => void history.refetch()} />
  const answers = history.data.pages.flatMap((page) => page.answers)
  const kept = !consent.data || consent.data.purposes.some(({ purpose, given }) => purpose === 'service' && given)
  if (answers.length === 0 && !kept) return <Empty title="Ihr Verlauf ist aus">Ohne Ihre Einwilligung wird keine Frage gespeichert. Einschalten können Sie ihn unter „Meine Daten“.</Empty>
  if (answers.length === 0) return <Empty title="Noch keine Fragen">{tone('Das Schweigen ehrt Sie, hilft aber nicht weiter.', 'Stellen Sie Ihre erste Frage.')}</Empty>
  return (
    <div className="grid gap-3">
      <ul className="-mx-2 grid gap-1">
        {answers.map((answer) => (
          <li key={answer.answer_id} className="flex items-start gap-1 rounded-control hover:bg-sunken">
            <button type="button" onClick={() => onPick(answer.answer_id)} className="grid min-w-0 flex-1 gap-0.5 rounded-control px-2 py-2 text-left">
              <span className="truncate text-sm font-medium">{worded(answer.question)}</span>
              <span className="line-clamp-2 text-xs text-muted">{answer.status === 'refused' ? 'Nicht beantwortet' : gist(answer.answer)}</span>
              <span className="num text-2xs text-muted">{formatAgo(answer.ts)}</span>
            </button>
            <IconButton label={`Frage löschen: ${worded(answer.question)}`} size="icon-sm" className="mt-1 text-muted" onClick={() => setDoomed(answer)}>
              <Trash2 aria-hidden />
            </IconButton>
          </li>
        ))}
      </ul>
      {history.hasNextPage ? (
        <Button busy={history.isFetchingNextPage} className="justify-self-center" onClick={() => void history.fetchNextPage()}>
          Ältere laden
        </Button>
      ) : null}
      <Confirm
        open={doomed !== null}
        onClose={() => setDoomed(null)}
        title="Frage löschen?"
        action="Löschen"
        danger
        onConfirm={async () => {
          await deleteAnswer(doomed?.answer_id ?? '')
          await queries.invalidateQueries({ queryKey: ['answers'] })
        }}
      >
        Die Frage und ihre Antwort verschwinden aus dem Verlauf. Das lässt sich nicht zurücknehmen.
      </Confirm>
    </div>
  )
}
