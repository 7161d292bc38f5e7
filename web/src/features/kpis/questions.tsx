import { formatAgo, formatCount } from '@/lib/format'
import { Section } from '@/ui/page'

interface Asked {
  answer_id: string
  ts: string
  question: string
  status: string
  weakness: number
  now?: 'answered' | 'refused' | 'asked_back' | 'weak' | null
}

const NOW = { answered: 'jetzt beantwortet', refused: 'noch immer nicht', asked_back: 'jetzt nachgefragt', weak: 'noch schwach' }

/** What was asked and answered weakly, the weakest first; what its owner had deleted is gone here, too. */
export function Questions({ questions, total }: { questions: Asked[]; total: number }) {
  const title = `Fragen dazu (${formatCount(questions.length)}${total > questions.length ? ` von ${formatCount(total)}` : ''})`
  return (
    <Section title={title}>
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls must be reachable by keyboard */}
      <ul tabIndex={0} aria-label={title} className="card scroll-thin max-h-72 divide-y divide-line overflow-y-auto">
        {questions.map((one) => (
          <li key={one.answer_id} className="grid gap-0.5 px-4 py-2">
            <span className="text-sm [overflow-wrap:anywhere]">{one.question}</span>
            <span className="num text-2xs text-muted">
              {formatAgo(one.ts)} · {one.status === 'refused' ? 'ohne Antwort' : 'schwach beantwortet'}
              {one.now ? ` → ${NOW[one.now]}` : ''}
            </span>
          </li>
        ))}
      </ul>
    </Section>
  )
}
