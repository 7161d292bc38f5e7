import { useState } from 'react'
import type { OwnConsent } from '@/api/types'
import { createStore, useStore } from '@/lib/store'
import { useTone } from '@/lib/tone'
import { useSending } from '@/lib/use-sending'
import { Button } from '@/ui/button'
import { CheckLine } from '@/ui/field'
import { Dialog } from '@/ui/dialog'
import { FaultLine } from '@/ui/states'
import { toast } from '@/ui/toast'
import { useConsent, useSay, type Wish } from './api'
import { ConsentText } from './text'

/** Whoever wants to decide later is asked again after the next page load; this browser keeps nothing of who that was. */
const later = createStore(false)

interface CardProps {
  person: string | null
  /** Only the question at first, where answers or the input need the room. */
  small?: boolean
}

/** Asks once, before the first question is kept, what a person's words may be used for. Nothing is ticked beforehand. */
export function ConsentCard({ person, small = false }: CardProps) {
  const consent = useConsent(person)
  const waits = useStore(later)
  const [opened, setOpened] = useState(false)
  if (!consent.data || waits || consent.data.purposes.some(({ given }) => given !== null)) return null
  const onLater = (): void => later.set(() => true)
  return small && !opened ? <Question onOpen={() => setOpened(true)} onLater={onLater} /> : <Asking consent={consent.data} onLater={onLater} />
}

const TITLE = 'Darf ich mir merken, was Sie fragen?'

/** The question alone, in one or two lines. */
function Question({ onOpen, onLater }: { onOpen: () => void; onLater: () => void }) {
  return (
    <section aria-label="Einwilligung" className="card mt-4 flex flex-wrap items-center justify-between gap-x-4 gap-y-2 px-4 py-3">
      <h2 className="text-sm font-semibold">{TITLE}</h2>
      <span className="flex gap-2">
        <Button size="sm" look="primary" onClick={onOpen}>
          Entscheiden
        </Button>
        <Button size="sm" onClick={onLater}>
          Später
        </Button>
      </span>
    </section>
  )
}

/** Measuring and learning need words that are kept; how pages are used is a matter of its own. */
function consequences(purpose: string, checked: boolean): Wish {
  if (purpose === 'profiling') return {}
  if (checked) return { service: true }
  return purpose === 'service' ? { analytics: false, training: false } : {}
}

function Asking({ consent, onLater }: { consent: OwnConsent; onLater: () => void }) {
  const tone = useTone()
  const say = useSay()
  const [wish, setWish] = useState<Wish>({})
  const { busy, fault, send } = useSending()
  const [reading, setReading] = useState(false)
  const some = Object.values(wish).some(Boolean)
  const answer = async (): Promise<void> => {
    await say(Object.fromEntries(consent.purposes.map(({ purpose }) => [purpose, wish[purpose] ?? false])), consent.text.version)
    toast('Notiert', 'ok', 'Ändern können Sie das jederzeit unter „Meine Daten“.')
  }
  return (
    <section aria-label="Einwilligung" className="card mt-5 grid gap-3.5 px-4 py-4 sm:px-5">
      <div className="grid gap-1">
        <h2 className="text-base font-semibold">{TITLE}</h2>
        <p className="text-sm text-muted">{tone('Ohne Ihr Ja vergesse ich es, sobald ich geantwortet habe. Antworten bekommen Sie so oder so.', 'Ohne Einwilligung wird kein Wort Ihrer Fragen gespeichert. Antworten erhalten Sie in jedem Fall.')}</p>
      </div>
      <div className="grid gap-2.5">
        {consent.purposes.map(({ purpose, title, meaning }) => (
          <CheckLine
            key={purpose}
            label={title}
            hint={meaning}
            checked={wish[purpose] ?? false}
            onChange={(checked) => setWish((old) => ({ ...old, [purpose]: checked, ...consequences(purpose, checked) }))}
          />
        ))}
      </div>
      <FaultLine error={fault} />
      <div className="flex flex-wrap items-center gap-2">
        <Button look="primary" busy={busy} onClick={() => void send(answer)}>
          {some ? 'Einwilligen' : 'Nein, danke'}
        </Button>
        <Button onClick={onLater}>Später entscheiden</Button>
        <Button look="ghost" onClick={() => setReading(true)}>
          Wortlaut lesen
        </Button>
      </div>
      <Dialog open={reading} onClose={() => setReading(false)} title="Wortlaut der Einwilligung" description={`Fassung ${consent.text.version}`} className="w-[min(640px,calc(100vw-24px))]">
        <ConsentText text={consent.text.text} />
      </Dialog>
    </section>
  )
}
