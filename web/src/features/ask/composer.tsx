import { SendHorizontal, SlidersHorizontal, X } from 'lucide-react'
import { useEffect, useImperativeHandle, useRef, useState, type KeyboardEvent, type Ref } from 'react'
import { today } from '@/lib/format'
import { ITEM_KINDS, kindName } from '@/lib/words'
import { Button, IconButton } from '@/ui/button'
import { Field, Input, Select } from '@/ui/field'
import { Popover } from '@/ui/popover'
import { useFacets } from './api'
import type { Filters } from './turns'

interface ComposerProps {
  /** The input itself, for whoever gives it the focus. */
  ref: Ref<HTMLTextAreaElement>
  onAsk: (question: string) => void
  filters: Filters
  onFilters: (filters: Filters) => void
  limit: number
  /** A question to change before it is asked; a new object puts it in again. */
  draft?: { text: string }
}

export function Composer({ ref, onAsk, filters, onFilters, limit, draft }: ComposerProps) {
  const [text, setText] = useState('')
  const [taken, setTaken] = useState(draft)
  if (draft !== taken) {
    setTaken(draft)
    setText(draft?.text ?? '')
  }
  const box = useRef<HTMLTextAreaElement>(null)
  useImperativeHandle(ref, () => box.current as HTMLTextAreaElement)
  useEffect(() => {
    const area = box.current
    if (!area) return
    area.style.height = 'auto'
    area.style.height = `${Math.min(area.scrollHeight, 180)}px`
  }, [text])
  useEffect(() => {
    if (draft) box.current?.focus()
  }, [draft])
  const send = (): void => {
    const question = text.trim()
    if (!question) return box.current?.focus()
    setText('')
    onAsk(question)
  }
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key !== 'Enter' || event.shiftKey || event.nativeEvent.isComposing) return
    event.preventDefault()
    send()
  }
  return (
    <form
      className="card border-field bg-panel p-2 focus-within:border-brand focus-within:ring-1 focus-within:ring-brand"
      onSubmit={(event) => {
        event.preventDefault()
        send()
      }}
    >
      <textarea
        ref={box}
        rows={1}
        value={text}
        maxLength={limit}
        onChange={(event) => setText(event.target.value)}
        onKeyDown={onKeyDown}
        aria-label="Ihre Frage"
        placeholder="Frage stellen …"
        className="block max-h-45 min-h-10 w-full resize-none bg-transparent px-2.5 py-2 text-base outline-none placeholder:text-muted focus-visible:outline-none"
      />
      <div className="flex items-center justify-between gap-2">
        <FilterRow filters={filters} onFilters={onFilters} />
        <span className="flex items-center gap-3">
          {text.length > limit * 0.8 ? <span className="num text-2xs text-muted">{`${text.length} / ${limit}`}</span> : <span className="hidden text-2xs text-muted sm:inline">Umschalt + Eingabe: neue Zeile</span>}
          <IconButton type="submit" look="primary" label="Frage senden">
            <SendHorizontal aria-hidden />
          </IconButton>
        </span>
      </div>
    </form>
  )
}

function FilterRow({ filters, onFilters }: { filters: Filters; onFilters: (filters: Filters) => void }) {
  const active = [
    filters.kind ? { key: 'kind' as const, label: kindName(filters.kind) } : null,
    filters.tag ? { key: 'tag' as const, label: filters.tag } : null,
    filters.asOf ? { key: 'asOf' as const, label: `Stand ${filters.asOf.split('-').toReversed().join('.')}` } : null,
  ].filter((entry) => entry !== null)
  return (
    <div className="flex min-w-0 flex-wrap items-center gap-1.5">
      <Popover
        side="top"
        title="Wo soll Luna suchen?"
        trigger={
          <Button look="ghost" size="sm">
            <SlidersHorizontal aria-hidden /> Eingrenzen
          </Button>
        }
      >
        <FilterForm filters={filters} onFilters={onFilters} />
      </Popover>
      {active.map(({ key, label }) => (
        <button
          key={key}
          type="button"
          aria-label={`Eingrenzung ${label} entfernen`}
          onClick={() => onFilters({ ...filters, [key]: undefined })}
          className="num inline-flex h-7 items-center gap-1 rounded-full border border-brand/40 bg-brand-soft px-2.5 text-xs font-medium text-brand hover:border-brand"
        >
          {label} <X className="size-3.5" aria-hidden />
        </button>
      ))}
    </div>
  )
}

function FilterForm({ filters, onFilters }: { filters: Filters; onFilters: (filters: Filters) => void }) {
  const facets = useFacets().data?.facets
  return (
    <div className="grid gap-3">
      <Field label="Art">
        {(ids) => (
          <Select {...ids} value={filters.kind ?? ''} onChange={(event) => onFilters({ ...filters, kind: ITEM_KINDS.find((kind) => kind === event.target.value) })}>
            <option value="">Alle Arten</option>
            {Object.keys(facets?.kinds ?? {}).map((kind) => (
              <option key={kind} value={kind}>
                {kindName(kind)}
              </option>
            ))}
          </Select>
        )}
      </Field>
      <Field label="Schlagwort">
        {(ids) => (
          <Select {...ids} value={filters.tag ?? ''} onChange={(event) => onFilters({ ...filters, tag: event.target.value || undefined })}>
            <option value="">Alle Schlagworte</option>
            {Object.keys(facets?.tags ?? {}).map((tag) => (
              <option key={tag}>{tag}</option>
            ))}
          </Select>
        )}
      </Field>
      <Field label="Stand vom" hint="Luna antwortet aus den Fassungen, die an diesem Tag galten.">
        {(ids) => <Input {...ids} type="date" max={today()} value={filters.asOf ?? ''} onChange={(event) => onFilters({ ...filters, asOf: event.target.value || undefined })} />}
      </Field>
    </div>
  )
}
