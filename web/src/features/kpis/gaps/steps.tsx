import { RotateCw, Undo2 } from 'lucide-react'
import { useState } from 'react'
import type { GapStep } from '@/api/types'
import { formatTime } from '@/lib/format'
import { useMay } from '@/lib/may'
import { useSending } from '@/lib/use-sending'
import { actorName } from '@/lib/words'
import { StateBadge } from '@/ui/badge'
import { Button } from '@/ui/button'
import { Confirm } from '@/ui/dialog'
import { CheckLine } from '@/ui/field'
import { Section } from '@/ui/page'
import { toast, toastFault } from '@/ui/toast'
import { askAgain, isAsking, undoStep, useRenewGaps } from './gaps-api'
import { outcomeText, stepState, WHATS } from './step-words'

const UNDOING: Record<GapStep['what'], string> = {
  document: 'Die Fragen gelten wieder als offen. Das Dokument bleibt, wenn Sie nichts anderes sagen.',
  words: 'Die Wörter verschwinden wieder aus dem Wortschatz.',
  answer: 'Die Antwort verschwindet aus den Unterlagen; Luna zitiert sie nicht mehr.',
  outside: 'Die Fragen zählen wieder als Wissenslücke.',
  place: 'Die Stelle gilt nicht mehr als die richtige.',
}

/** What was done, newest first, and what came of it. */
export function Steps({ steps }: { steps: GapStep[] }) {
  if (steps.length === 0) return null
  return (
    <Section title="Was getan wurde">
      <ol className="card divide-y divide-line" aria-label="Was getan wurde">
        {steps.map((step) => (
          <Step key={step.step_id} step={step} />
        ))}
      </ol>
    </Section>
  )
}

function Step({ step }: { step: GapStep }) {
  const may = useMay()
  const renew = useRenewGaps()
  const { busy, send } = useSending(toastFault)
  const [undoing, setUndoing] = useState(false)
  const again = async (): Promise<void> => {
    await askAgain(step.step_id)
    toast('Die Fragen werden noch einmal gestellt.')
    await renew()
  }
  const mayUndo = step.undone_at === null && may('review')
  return (
    <li className="grid gap-1.5 px-4 py-3">
      <div className="flex flex-wrap items-center gap-2">
        <span className="text-sm font-medium">{WHATS[step.what]}</span>
        <StateBadge word={stepState(step)} className="ml-auto" />
      </div>
      <StepFacts step={step} />
      {step.undone_at === null && outcomeText(step) ? <p className="text-sm [overflow-wrap:anywhere]" aria-live="polite">{outcomeText(step)}</p> : null}
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1.5">
        <span className="num text-2xs text-muted">
          {formatTime(step.made_at)}, {actorName(step.made_by)}
        </span>
        {mayUndo ? (
          <span className="ml-auto flex flex-wrap gap-1">
            {step.asks_again && !isAsking(step) ? (
              <Button size="sm" look="ghost" busy={busy} onClick={() => void send(again)}>
                <RotateCw aria-hidden /> Noch einmal fragen
              </Button>
            ) : null}
            <Button size="sm" look="ghost" onClick={() => setUndoing(true)}>
              <Undo2 aria-hidden /> Zurücknehmen
            </Button>
          </span>
        ) : null}
      </div>
      <Undo step={step} open={undoing} onClose={() => setUndoing(false)} />
    </li>
  )
}

function StepFacts({ step }: { step: GapStep }) {
  const told =
    step.what === 'words' ? `„${step.phrases.join('“, „')}“ steht für „${step.terms.join('“, „')}“` : step.what === 'answer' ? `${step.question ?? ''} Quelle: ${step.source ?? ''}` : step.what === 'document' ? (step.item_title ?? '(gelöscht)') : ''
  return told ? <p className="text-xs text-muted [overflow-wrap:anywhere]">{told}</p> : null
}

function Undo({ step, open, onClose }: { step: GapStep; open: boolean; onClose: () => void }) {
  const renew = useRenewGaps()
  const [remove, setRemove] = useState(false)
  const undo = async (): Promise<void> => {
    await undoStep(step.step_id, remove)
    toast('Zurückgenommen', 'ok', WHATS[step.what])
    await renew()
  }
  return (
    <Confirm open={open} onClose={onClose} title={`„${WHATS[step.what]}“ zurücknehmen?`} action="Zurücknehmen" onConfirm={undo}>
      <div className="grid gap-3">
        {UNDOING[step.what]}
        {step.what === 'document' && step.item_id ? <CheckLine label="Das Dokument auch löschen" checked={remove} onChange={setRemove} /> : null}
      </div>
    </Confirm>
  )
}
