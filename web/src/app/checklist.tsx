import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { Check, X } from 'lucide-react'
import { cn } from '@/lib/cn'
import { api, data } from '@/lib/http'
import { useLocal } from '@/lib/local'
import { useTone } from '@/lib/tone'
import { IconButton } from '@/ui/button'

interface Step {
  title: string
  text: string
  to: '/admin/korpus' | '/fragen' | '/admin/personen'
  done: boolean
}

function useSteps(): Step[] | null {
  const items = useQuery({ queryKey: ['facets', 'admin'], queryFn: () => data(api.GET('/api/v1/admin/items', { params: { query: { limit: 1 } } })) }).data
  const answers = useQuery({ queryKey: ['answers', 'first'], queryFn: () => data(api.GET('/api/v1/rag/answers', { params: { query: { limit: 1 } } })) }).data
  const people = useQuery({ queryKey: ['people', 'first'], queryFn: () => data(api.GET('/api/v1/admin/people', { params: { query: { limit: 1 } } })) }).data
  if (!items || !answers || !people) return null
  return [
    { title: 'Unterlagen laden', text: items.total > 0 ? `${items.total} Dokumente sind da, eigene kommen dazu.` : 'PDF, Word, Excel oder eine Adresse im Netz.', to: '/admin/korpus', done: items.total > 0 },
    { title: 'Eine Frage stellen', text: 'Jeder Satz der Antwort trägt seine Fundstelle.', to: '/fragen', done: answers.answers.length > 0 },
    { title: 'Personen einladen', text: 'Sich selbst zuerst, dann alle, die hier arbeiten.', to: '/admin/personen', done: people.total > 1 },
  ]
}

/** Three steps for a fresh installation; gone when all are done or when it is closed. */
export function Checklist() {
  const [closed, setClosed] = useLocal('nova.checklist', 'open')
  const tone = useTone()
  const steps = useSteps()
  if (closed === 'closed' || !steps || steps.every((step) => step.done)) return null
  return (
    <section className="card grid gap-3 p-4" aria-label="Erste Schritte">
      <div className="flex items-start justify-between gap-3">
        <div>
          <h2 className="text-sm font-semibold">Erste Schritte</h2>
          <p className="text-xs text-muted">{tone('Drei Handgriffe, dann trage ich meinen Teil.', 'Drei Schritte bis zum Betrieb.')}</p>
        </div>
        <IconButton label="Erste Schritte ausblenden" size="icon-sm" onClick={() => setClosed('closed')}>
          <X aria-hidden />
        </IconButton>
      </div>
      <ol className="grid gap-2 sm:grid-cols-3">
        {steps.map((step, index) => (
          <li key={step.title}>
            <Link to={step.to} className="flex h-full items-start gap-3 rounded-control border border-line p-3 hover:border-brand hover:bg-brand-soft">
              <span className={cn('num grid size-6 shrink-0 place-items-center rounded-full text-xs font-semibold', step.done ? 'bg-ok-soft text-ok' : 'bg-brand-soft text-brand')}>
                {step.done ? <Check className="size-4" aria-label="erledigt" /> : index + 1}
              </span>
              <span className="grid gap-0.5">
                <span className="text-sm font-medium">{step.title}</span>
                <span className="text-xs text-muted">{step.text}</span>
              </span>
            </Link>
          </li>
        ))}
      </ol>
    </section>
  )
}
