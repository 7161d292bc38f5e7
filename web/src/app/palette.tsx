import { Dialog as Base } from '@base-ui/react/dialog'
import { useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { FileText, MessageSquare, Search, type LucideIcon } from 'lucide-react'
import { useDeferredValue, useId, useState, type KeyboardEvent } from 'react'
import type { Session } from '@/api/types'
import { cn } from '@/lib/cn'
import { api, data } from '@/lib/http'
import { frontTitle } from '@/lib/titles'
import { pagesOf, type NavEntry } from './nav'
import { usePlaces } from './places'

interface Choice {
  id: string
  group: string
  label: string
  icon: LucideIcon
  run: () => void
}

interface PaletteProps {
  open: boolean
  onClose: () => void
  session: Session
  onAsk: (question: string) => void
}

/** Ctrl+K: pages, documents, or a question straight away. */
export function Palette({ open, onClose, session, onAsk }: PaletteProps) {
  return (
    <Base.Root open={open} onOpenChange={(next) => (next ? undefined : onClose())}>
      <Base.Portal>
        <Base.Backdrop className="fixed inset-0 z-40 bg-veil" />
        <Base.Popup className="card fixed top-[12dvh] left-1/2 z-50 w-[min(600px,calc(100vw-24px))] -translate-x-1/2 overflow-hidden">
          <Base.Title className="sr-only">Suchen und springen</Base.Title>
          <Chooser session={session} onClose={onClose} onAsk={onAsk} />
        </Base.Popup>
      </Base.Portal>
    </Base.Root>
  )
}

function useChoices(text: string, { session, onClose, onAsk }: Omit<PaletteProps, 'open'>): Choice[] {
  const navigate = useNavigate()
  const wanted = useDeferredValue(text.trim())
  const found = useQuery({
    queryKey: ['palette', wanted],
    queryFn: ({ signal }) => data(api.GET('/api/v1/items', { params: { query: { query: wanted, limit: 6 } }, signal })),
    enabled: wanted.length >= 2,
    staleTime: 30_000,
  }).data
  const done = (run: () => unknown) => (): void => {
    onClose()
    void run()
  }
  const { next } = usePlaces(session)
  const as = (group: string) => (page: NavEntry): Choice => ({ id: page.to, group, label: page.label, icon: page.icon, run: done(() => navigate({ to: page.to })) })
  const likely = wanted === '' ? next : []
  const pages = pagesOf(session)
    .filter((page) => !likely.some(({ to }) => to === page.to) && page.label.toLowerCase().includes(text.trim().toLowerCase()))
    .map(as('Seiten'))
  const items = (wanted.length >= 2 ? (found?.items ?? []) : []).map((item) => ({
    id: item.item_id,
    group: 'Dokumente',
    label: frontTitle(item.title),
    icon: FileText,
    run: done(() => navigate({ to: session.may.includes('library') ? '/admin/korpus' : '/dokumente', search: { dokument: item.item_id } })),
  }))
  const question = text.trim().length >= 3 ? [{ id: 'ask', group: 'Luna fragen', label: text.trim(), icon: MessageSquare, run: done(() => onAsk(text.trim())) }] : []
  return [...likely.map(as('Als Nächstes')), ...pages, ...items, ...question]
}

function Chooser(props: Omit<PaletteProps, 'open'>) {
  const listId = useId()
  const [text, setText] = useState('')
  const [active, setActive] = useState(0)
  const choices = useChoices(text, props)
  const index = Math.min(active, Math.max(0, choices.length - 1))
  const onKeyDown = (event: KeyboardEvent): void => {
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0
    if (step !== 0 && choices.length > 0) {
      event.preventDefault()
      setActive((index + step + choices.length) % choices.length)
    }
    if (event.key === 'Enter') {
      event.preventDefault()
      choices[index]?.run()
    }
  }
  return (
    <>
      <div className="flex items-center gap-3 border-b border-line px-4">
        <Search className="size-4.5 shrink-0 text-muted" aria-hidden />
        <input
          role="combobox"
          aria-label="Seiten, Dokumente oder eine Frage"
          aria-expanded={choices.length > 0}
          aria-controls={listId}
          aria-activedescendant={choices[index] ? `${listId}-${index}` : undefined}
          placeholder="Seite, Dokument oder eine Frage …"
          value={text}
          onChange={(event) => {
            setText(event.target.value)
            setActive(0)
          }}
          onKeyDown={onKeyDown}
          className="h-12 w-full bg-transparent text-base outline-none placeholder:text-muted focus-visible:outline-none"
        />
      </div>
      <div id={listId} role="listbox" aria-label="Treffer" tabIndex={-1} className="scroll-thin max-h-[50dvh] overflow-y-auto p-2">
        {choices.map((choice, at) => (
          <div key={choice.id} role="presentation">
            {choices[at - 1]?.group === choice.group ? null : (
              <p role="presentation" className="px-2.5 pt-2 pb-1 text-2xs font-medium text-muted">
                {choice.group}
              </p>
            )}
            {/* oxlint-disable-next-line jsx-a11y/click-events-have-key-events -- keys are handled by the combobox above */}
            <div
              id={`${listId}-${at}`}
              role="option"
              aria-selected={at === index}
              tabIndex={-1}
              onMouseMove={() => setActive(at)}
              onClick={choice.run}
              className={cn('flex min-h-10 cursor-default items-center gap-2.5 rounded-control px-2.5 py-1.5 text-sm', at === index && 'bg-brand-soft text-brand')}
            >
              <choice.icon className="size-4 shrink-0" aria-hidden /> <span className="min-w-0 truncate">{choice.label}</span>
            </div>
          </div>
        ))}
        {choices.length === 0 ? <p className="px-3 py-6 text-center text-sm text-muted">Kein Treffer. Mit drei Zeichen wird daraus eine Frage an Luna.</p> : null}
      </div>
    </>
  )
}
