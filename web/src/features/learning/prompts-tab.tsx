import { FlaskConical, Plus } from 'lucide-react'
import { useState } from 'react'
import type { PromptVersion } from '@/api/types'
import { formatShare, formatTime } from '@/lib/format'
import { actorName } from '@/lib/words'
import { useSending } from '@/lib/use-sending'
import { Badge } from '@/ui/badge'
import { Button } from '@/ui/button'
import { Dialog } from '@/ui/dialog'
import { Field, Input, Textarea } from '@/ui/field'
import { Empty, Fault, FaultLine, SkeletonRows } from '@/ui/states'
import { addPrompt, usePrompts, useRenew } from './api'
import { PromptDrawer } from './prompt-drawer'
import type { LearningSearch, OnSearch } from './search'
import { promptState } from './words'

/** Versions of what a language model is told, with their trials. */
export function PromptsTab({ admin, search, onSearch }: { admin: boolean; search: LearningSearch; onSearch: OnSearch }) {
  const found = usePrompts()
  const [adding, setAdding] = useState(false)
  if (!found.data) return found.isError ? <Fault error={found.error} onRetry={() => void found.refetch()} className="card" /> : <div className="card"><SkeletonRows /></div>
  const { prompts, note } = found.data
  return (
    <div className="grid gap-4">
      <div className="flex flex-wrap items-center gap-3">
        <p className="max-w-prose min-w-0 flex-1 basis-64 text-sm text-muted">{note || 'Eine neue Version antwortet erst einem Teil der Menschen; wer sie freigibt, sieht vorher den gemessenen Vergleich.'}</p>
        {admin ? (
          <Button size="sm" className="sm:ml-auto" onClick={() => setAdding(true)}>
            <Plus aria-hidden /> Version
          </Button>
        ) : null}
      </div>
      {prompts.length === 0 ? (
        <Empty className="card" title="Keine Version">Es gilt die mitgelieferte Datei.</Empty>
      ) : (
        <ul aria-label="Prompt-Versionen" className="card divide-y divide-line">
          {prompts.map((prompt) => (
            <li key={prompt.version}>
              <Line prompt={prompt} onOpen={() => onSearch({ prompt: prompt.version })} />
            </li>
          ))}
        </ul>
      )}
      <PromptDrawer admin={admin} version={search.prompt} onClose={() => onSearch({ prompt: undefined })} />
      <NewPrompt key={String(adding)} open={adding} start={prompts.find(({ state }) => state === 'live')?.yaml ?? prompts.at(-1)?.yaml ?? ''} onClose={() => setAdding(false)} onAdded={(prompt) => onSearch({ prompt })} />
    </div>
  )
}

function Line({ prompt, onOpen }: { prompt: PromptVersion; onOpen: () => void }) {
  const state = promptState(prompt.state)
  return (
    <button type="button" onClick={onOpen} className="grid w-full gap-1 px-4 py-3 text-left hover:bg-sunken focus-visible:-outline-offset-2">
      <span className="flex flex-wrap items-center gap-2 text-sm font-medium">
        {prompt.version} <Badge shade={state.shade} icon={prompt.state === 'trial' ? <FlaskConical aria-hidden /> : undefined}>{prompt.state === 'trial' ? `${state.label}: ${formatShare(prompt.share)}` : state.label}</Badge>
      </span>
      <span className="num text-xs text-muted">
        {prompt.note || 'ohne Bemerkung'} {prompt.state === 'base' && prompt.share > 0 ? `· gilt für ${formatShare(prompt.share)} der Menschen ` : ''}
        {prompt.created_at ? `· ${formatTime(prompt.created_at)} von ${actorName(prompt.created_by)}` : ''}
      </span>
    </button>
  )
}

function NewPrompt({ open, start, onClose, onAdded }: { open: boolean; start: string; onClose: () => void; onAdded: (version: string) => void }) {
  const renew = useRenew('prompts')
  const [yaml, setYaml] = useState(start)
  const [note, setNote] = useState('')
  const { busy, fault, send } = useSending()
  const add = async (): Promise<void> => {
    const { version } = await addPrompt(yaml, note)
    await renew()
    onClose()
    onAdded(version)
  }
  return (
    <Dialog open={open} onClose={onClose} title="Neue Prompt-Version" description="Der Name steht im Feld version. Die Version ist zunächst ein Entwurf." className="w-[min(760px,calc(100vw-24px))]" firm>
      <Field label="Prompt (YAML)">{(ids) => <Textarea {...ids} rows={16} spellCheck={false} maxLength={20_000} value={yaml} onChange={(event) => setYaml(event.target.value)} className="scroll-thin font-mono text-xs leading-relaxed" />}</Field>
      <Field label="Bemerkung (freiwillig)">{(ids) => <Input {...ids} value={note} maxLength={300} onChange={(event) => setNote(event.target.value)} />}</Field>
      <FaultLine error={fault} />
      <div className="flex justify-end gap-2">
        <Button onClick={onClose}>Abbrechen</Button>
        <Button look="primary" busy={busy} disabled={!yaml.trim()} onClick={() => void send(add)}>
          Anlegen
        </Button>
      </div>
    </Dialog>
  )
}
