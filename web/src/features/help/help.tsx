import { useQuery } from '@tanstack/react-query'
import { ArrowUpRight } from 'lucide-react'
import type { HelpText } from '@/api/types'
import { api, data } from '@/lib/http'
import { Drawer } from '@/ui/dialog'
import { Kbd } from '@/ui/kbd'
import { Page, Section } from '@/ui/page'
import { Fault, Skeleton } from '@/ui/states'

export function useHelp(route: string, enabled: boolean) {
  return useQuery({ queryKey: ['help', route], queryFn: ({ signal }) => data(api.GET('/api/v1/help/context', { params: { query: { route } }, signal })), enabled, staleTime: Infinity })
}

const KEYS: [string, string][] = [
  ['Strg + K', 'Seiten, Dokumente und Fragen finden'],
  ['?', 'Hilfe zu dieser Seite'],
  ['/', 'Zur Frage springen'],
  ['Eingabe', 'Frage senden'],
  ['Umschalt + Eingabe', 'Neue Zeile in der Frage'],
  ['Esc', 'Fenster oder Quelle schließen'],
]

function Shortcuts() {
  return (
    <Section title="Tasten">
      <dl className="grid grid-cols-[auto_1fr] items-baseline gap-x-4 gap-y-2 text-sm">
        {KEYS.map(([key, what]) => (
          <div key={key} className="contents">
            <dt>
              <Kbd>{key}</Kbd>
            </dt>
            <dd className="text-muted">{what}</dd>
          </div>
        ))}
      </dl>
    </Section>
  )
}

function HelpBody({ help, onAsk }: { help: HelpText; onAsk: (question: string) => void }) {
  return (
    <div className="grid gap-6">
      <p className="text-base leading-relaxed whitespace-pre-line">{help.text}</p>
      {help.steps.length > 0 ? (
        <ol className="grid gap-3">
          {help.steps.map((step, index) => (
            <li key={step} className="flex gap-3 text-sm">
              <span className="num grid size-6 shrink-0 place-items-center rounded-full bg-brand-soft text-xs font-semibold text-brand">{index + 1}</span>
              <span className="pt-0.5">{step}</span>
            </li>
          ))}
        </ol>
      ) : null}
      {help.related_questions.length > 0 ? (
        <Section title="Das könnten Sie Luna fragen">
          <ul className="grid gap-2">
            {help.related_questions.map((question) => (
              <li key={question}>
                <button
                  type="button"
                  onClick={() => onAsk(question)}
                  className="flex w-full items-center justify-between gap-3 rounded-control border border-line px-3 py-2 text-left text-sm hover:border-brand hover:bg-brand-soft"
                >
                  {question} <ArrowUpRight className="size-4 shrink-0 text-muted" aria-hidden />
                </button>
              </li>
            ))}
          </ul>
        </Section>
      ) : null}
    </div>
  )
}

function HelpFor({ route, enabled, onAsk }: { route: string; enabled: boolean; onAsk: (question: string) => void }) {
  const help = useHelp(route, enabled)
  if (help.isError) return <Fault error={help.error} onRetry={() => void help.refetch()} />
  return help.data ? <HelpBody help={help.data} onAsk={onAsk} /> : <Skeleton className="h-40" />
}

interface HelpDrawerProps {
  open: boolean
  onClose: () => void
  route: string
  onAsk: (question: string) => void
}

export function HelpDrawer({ open, onClose, route, onAsk }: HelpDrawerProps) {
  const help = useHelp(route, open)
  return (
    <Drawer open={open} onClose={onClose} title={help.data?.title ?? 'Hilfe'} className="w-[min(440px,100vw)]">
      <div className="grid gap-8">
        <HelpFor route={route} enabled={open} onAsk={onAsk} />
        <Shortcuts />
      </div>
    </Drawer>
  )
}

export function HelpPage({ onAsk }: { onAsk: (question: string) => void }) {
  return (
    <Page title="Hilfe" lead="Wie Sie mit Luna arbeiten" className="max-w-3xl">
      <section className="card p-5">
        <HelpFor route="/fragen" enabled onAsk={onAsk} />
      </section>
      <section className="card p-5">
        <Shortcuts />
      </section>
    </Page>
  )
}
