import { useState } from 'react'
import type { Promotion, PromptDetail } from '@/api/types'
import { formatCount, formatShare, formatTime } from '@/lib/format'
import { ApiError } from '@/lib/http'
import { useSending } from '@/lib/use-sending'
import { Badge } from '@/ui/badge'
import { Button } from '@/ui/button'
import { Dialog, Drawer } from '@/ui/dialog'
import { Section } from '@/ui/page'
import { Fault, FaultLine, Skeleton } from '@/ui/states'
import { TableHead } from '@/ui/table-head'
import { toast, toastFault } from '@/ui/toast'
import { promotePrompt, rollBackPrompt, tryPrompt, usePrompt, useRenew } from './api'
import { promptState } from './words'

/** A version of the prompt: its text, its comparison, and the steps that are open to it. */
export function PromptDrawer({ admin, version, onClose }: { admin: boolean; version: string | undefined; onClose: () => void }) {
  const found = usePrompt(version)
  const prompt = found.data
  return (
    <Drawer open={version !== undefined} onClose={onClose} title={version ?? 'Prompt'} description={prompt?.note || null} className="w-[min(720px,100vw)]">
      {found.isError && !prompt ? <Fault error={found.error} onRetry={() => void found.refetch()} /> : prompt ? <Body prompt={prompt} admin={admin} /> : <Skeleton className="h-80" />}
    </Drawer>
  )
}

function Body({ prompt, admin }: { prompt: PromptDetail; admin: boolean }) {
  const state = promptState(prompt.state)
  return (
    <div className="grid gap-5">
      <p className="num flex flex-wrap items-center gap-2 text-sm">
        <Badge shade={state.shade}>{state.label}</Badge>
        {prompt.state === 'trial' ? `antwortet ${formatShare(prompt.share)} der Menschen seit ${formatTime(prompt.trial_at)}` : ''}
      </p>
      {admin ? <Steps prompt={prompt} /> : null}
      {prompt.comparison ? <Comparison comparison={prompt.comparison} /> : null}
      <Section title="Wortlaut">
        {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls must be reachable by keyboard */}
        <pre tabIndex={0} className="scroll-thin card max-h-96 overflow-auto p-3 font-mono text-xs leading-relaxed whitespace-pre-wrap">
          {prompt.yaml}
        </pre>
      </Section>
    </div>
  )
}

function Steps({ prompt }: { prompt: PromptDetail }) {
  const renew = useRenew('prompts', 'prompt')
  const { busy, send } = useSending(toastFault)
  const [step, setStep] = useState<'try' | 'compare' | 'back'>('try')
  const [seen, setSeen] = useState<Promotion | null>(null)
  const during = (next: typeof step, work: () => Promise<unknown>, said: string): void => {
    setStep(next)
    void send(async () => {
      await work()
      await renew()
      if (said) toast(said, 'ok', prompt.version)
    })
  }
  const trial = prompt.state === 'trial'
  const fresh = trial || prompt.state === 'draft' || prompt.state === 'retired'
  return (
    <div className="flex flex-wrap gap-2">
      {fresh ? (
        <>
          <Button size="sm" busy={busy && step === 'try'} disabled={busy} onClick={() => during('try', () => tryPrompt(prompt.version, trial ? 0 : 0.5), trial ? 'Der Versuch ist beendet.' : 'Die Hälfte der Menschen bekommt ab jetzt diese Version.')}>
            {trial ? 'Versuch beenden' : 'An der Hälfte erproben'}
          </Button>
          <Button size="sm" look="primary" busy={busy && step === 'compare'} disabled={busy} onClick={() => during('compare', async () => setSeen(await promotePrompt(prompt.version)), '')}>
            Vergleichen und freigeben
          </Button>
        </>
      ) : null}
      {prompt.state === 'live' ? (
        <Button size="sm" look="danger" busy={busy && step === 'back'} disabled={busy} onClick={() => during('back', () => rollBackPrompt(prompt.version), 'Die vorige Version antwortet wieder.')}>
          Zurücknehmen
        </Button>
      ) : null}
      <Dialog open={seen !== null} onClose={() => setSeen(null)} title="Für alle freigeben?" description="Freigegeben wird genau das, was Sie hier sehen." className="w-[min(640px,calc(100vw-24px))]">
        {seen ? <Promote version={prompt.version} seen={seen} onSeen={setSeen} onDone={renew} /> : null}
      </Dialog>
    </div>
  )
}

interface PromoteProps {
  version: string
  seen: Promotion
  onSeen: (seen: Promotion | null) => void
  onDone: () => Promise<void>
}

/** The comparison and the last step; where the figures have changed since, the new ones are shown before it can be taken. */
function Promote({ version, seen, onSeen, onDone }: PromoteProps) {
  const { busy, fault, send } = useSending()
  const promote = async (): Promise<void> => {
    try {
      await promotePrompt(version, seen.comparison.seal)
    } catch (error) {
      if (error instanceof ApiError && error.status === 409) onSeen(await promotePrompt(version))
      throw error
    }
    await onDone()
    toast('Freigegeben: Sie antwortet jetzt allen.', 'ok', version)
    onSeen(null)
  }
  return (
    <>
      <Comparison comparison={seen.comparison} />
      <FaultLine error={fault} />
      <div className="flex justify-end gap-2">
        <Button onClick={() => onSeen(null)}>Abbrechen</Button>
        <Button look="primary" busy={busy} onClick={() => void send(promote)}>
          Freigeben
        </Button>
      </div>
    </>
  )
}

const VERDICTS = { better: { shade: 'ok', text: 'messbar besser' }, worse: { shade: 'bad', text: 'messbar schlechter' }, open: { shade: 'warn', text: 'noch offen' } } as const

function Comparison({ comparison }: { comparison: Promotion['comparison'] }) {
  const verdict = VERDICTS[comparison.verdict]
  return (
    <Section title={`Vergleich mit ${comparison.against}`}>
      <p className="flex flex-wrap items-center gap-2 text-sm">
        <Badge shade={verdict.shade}>{verdict.text}</Badge> {comparison.note}
      </p>
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls must be reachable by keyboard */}
      <div className="scroll-thin card overflow-x-auto" tabIndex={0} role="region" aria-label="Vergleich der Versionen">
        <table className="num w-full text-sm">
          <TableHead heads={['Version', 'Antworten', 'hilfreich', 'ohne Antwort', 'belegt']} />
          <tbody className="divide-y divide-line">
            {comparison.rows.map((row) => (
              <tr key={row.version}>
                <th scope="row" className="px-3 py-2 text-left font-medium whitespace-nowrap">{row.version}</th>
                <td className="px-3 py-2">{formatCount(row.answers)}</td>
                <td className="px-3 py-2">
                  {formatShare(row.useful)} <span className="text-xs text-muted">{row.useful_low === null ? '' : `(${formatShare(row.useful_low)} bis ${formatShare(row.useful_high)}, n = ${row.judged})`}</span>
                </td>
                <td className="px-3 py-2">{formatShare(row.refused)}</td>
                <td className="px-3 py-2">{formatShare(row.grounded)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </Section>
  )
}
