import { GraduationCap, Play, Square, Undo2 } from 'lucide-react'
import { useState } from 'react'
import type { LearnedRow, LearningState } from '@/api/types'
import { formatTime, plural } from '@/lib/format'
import { useTone } from '@/lib/tone'
import { useSending } from '@/lib/use-sending'
import { Badge, Tag } from '@/ui/badge'
import { Button } from '@/ui/button'
import { Confirm } from '@/ui/dialog'
import { Pager } from '@/ui/pager'
import { Empty, Fault, OldNews, SkeletonRows } from '@/ui/states'
import { toast, toastFault } from '@/ui/toast'
import { decideTerm, LEDGER_PAGE, runLearning, switchLearning, undoLearned, useLedger, useRenew } from './api'
import { LearnedDrawer } from './learned-drawer'
import type { LearningSearch, OnSearch } from './search'
import { KINDS, learnedState, takenBack } from './words'

interface Props {
  admin: boolean
  search: LearningSearch
  onSearch: OnSearch
}

/** What Luna learned from judgements and use, from how many people, with which effect; and the way back. */
export function LearnedTab({ admin, search, onSearch }: Props) {
  const [page, setPage] = useState(0)
  const found = useLedger(page)
  const tone = useTone()
  const renew = useRenew('learning', 'learned')
  const [doomed, setDoomed] = useState<LearnedRow | null>(null)
  if (!found.data) return found.isError ? <Fault error={found.error} onRetry={() => void found.refetch()} className="card" /> : <div className="card"><SkeletonRows /></div>
  const state = found.data
  return (
    <div className="grid gap-4">
      <OldNews found={found} />
      <Switch state={state} admin={admin} onDone={renew} />
      {state.total === 0 ? (
        <Empty className="card" title="Noch nichts gelernt">{tone('Ich lerne nur aus Urteilen von Menschen, die zugestimmt haben. Bisher schweigen sie.', 'Gelernt wird aus Urteilen und Nutzung von Personen, die dem Lernen zugestimmt haben.')}</Empty>
      ) : (
        <ul aria-label="Lernprotokoll" className="card divide-y divide-line">
          {state.entries.map((entry) => (
            <li key={entry.entry_id} className="flex flex-wrap items-center gap-3 px-4 py-3">
              <button type="button" onClick={() => onSearch({ eintrag: entry.entry_id })} className="grid min-w-0 flex-1 basis-64 gap-1 text-left hover:underline">
                <span title={entry.what} className="line-clamp-2 text-sm font-medium [overflow-wrap:anywhere]">
                  {entry.what}
                </span>
                <TakenBack topic={takenBack(state.entries, entry)} />
                <span className="num flex flex-wrap items-center gap-1.5 text-xs text-muted">
                  <Badge shade={learnedState(entry.state).shade} className="h-5 text-2xs">
                    {learnedState(entry.state).label}
                  </Badge>
                  <Tag>{KINDS[entry.kind]}</Tag> {plural(entry.evidence, 'Beleg', 'Belege')} von {plural(entry.subjects, 'Person', 'Personen')} · {formatTime(entry.at)}
                </span>
              </button>
              {admin ? <Acts entry={entry} onUndo={() => setDoomed(entry)} onDone={renew} /> : null}
            </li>
          ))}
        </ul>
      )}
      {state.total > LEDGER_PAGE ? (
        <Pager at={page} pages={Math.ceil(state.total / LEDGER_PAGE)} onPage={setPage} back="Neuere Einträge" on="Ältere Einträge">
          {plural(state.total, 'Eintrag', 'Einträge')}
        </Pager>
      ) : null}
      <LearnedDrawer entryId={search.eintrag} onClose={() => onSearch({ eintrag: undefined })} />
      <Confirm
        open={doomed !== null}
        onClose={() => setDoomed(null)}
        title="Gelerntes zurücknehmen?"
        action="Zurücknehmen"
        danger
        onConfirm={async () => {
          await undoLearned(doomed?.entry_id ?? '')
          await renew()
          toast('Zurückgenommen', 'ok', doomed?.what)
        }}
      >
        <p className="pb-2 font-medium [overflow-wrap:anywhere] text-ink">{doomed?.what}</p>
        {doomed?.kind === 'release' ? 'Die vorige Ausgabe gilt sofort wieder, und das Lernen hält an, bis Sie es einschalten.' : 'Es zählt sofort nicht mehr.'}
      </Confirm>
    </div>
  )
}

/** Which topic a release goes without. */
function TakenBack({ topic }: { topic: LearnedRow | undefined }) {
  return topic ? <span className="line-clamp-2 text-xs text-muted [overflow-wrap:anywhere]">Zurückgenommen wurde „{topic.what.replace(/\.$/, '')}“</span> : null
}

function Switch({ state, admin, onDone }: { state: LearningState; admin: boolean; onDone: () => Promise<void> }) {
  const running = useSending(toastFault)
  const switching = useSending(toastFault)
  const doing = (work: () => Promise<unknown>, said: string) => async (): Promise<void> => {
    await work()
    await onDone()
    toast(said)
  }
  return (
    <div className="card flex flex-wrap items-center gap-3 px-4 py-3">
      <div className="grid gap-0.5">
        <p className="flex items-center gap-2 text-sm font-medium">
          Nächtliches Lernen <Badge shade={state.on ? 'ok' : 'neutral'}>{state.on ? 'eingeschaltet' : 'angehalten'}</Badge>
        </p>
        <p className="num text-xs text-muted">
          {state.on ? `jede Nacht um ${state.hour} Uhr (Europe/Berlin)` : 'Was in Kraft ist, bleibt in Kraft.'} {state.tried ? `· zuletzt ${formatTime(state.tried)}` : ''}
        </p>
      </div>
      {admin ? (
        <span className="ml-auto flex flex-wrap gap-2">
          <Button size="sm" busy={running.busy || state.job_id !== null} onClick={() => void running.send(doing(runLearning, 'Es wird gelernt und gemessen; live geht es nur, wenn nichts schlechter wird.'))}>
            <GraduationCap aria-hidden /> Jetzt lernen
          </Button>
          <Button size="sm" busy={switching.busy} onClick={() => void switching.send(doing(() => switchLearning(!state.on), state.on ? 'Das Lernen ist angehalten.' : 'Das Lernen ist eingeschaltet.'))}>
            {state.on ? <Square aria-hidden /> : <Play aria-hidden />} {state.on ? 'Anhalten' : 'Einschalten'}
          </Button>
        </span>
      ) : null}
    </div>
  )
}

function Acts({ entry, onUndo, onDone }: { entry: LearnedRow; onUndo: () => void; onDone: () => Promise<void> }) {
  const { busy, send } = useSending(toastFault)
  const decide = (approved: boolean): void =>
    void send(async () => {
      await decideTerm(entry.entry_id, approved)
      await onDone()
      toast(approved ? 'Das Wortpaar zählt.' : 'Abgelehnt.', 'ok', entry.what)
    })
  if (entry.state === 'waiting')
    return (
      <span className="flex gap-2">
        <Button size="sm" look="primary" busy={busy} aria-label={`Annehmen: ${entry.what}`} onClick={() => decide(true)}>
          Annehmen
        </Button>
        <Button size="sm" disabled={busy} aria-label={`Ablehnen: ${entry.what}`} onClick={() => decide(false)}>
          Ablehnen
        </Button>
      </span>
    )
  if (entry.kind === 'term' && (entry.state === 'declined' || entry.state === 'undone'))
    return (
      <Button size="sm" busy={busy} aria-label={`Doch annehmen: ${entry.what}`} onClick={() => decide(true)}>
        Doch annehmen
      </Button>
    )
  return entry.state === 'live' ? (
    <Button size="sm" aria-label={`Zurücknehmen: ${entry.what}`} onClick={onUndo}>
      <Undo2 aria-hidden /> Zurücknehmen
    </Button>
  ) : null
}
