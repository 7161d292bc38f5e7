import { FileUp, Languages, PenLine, X } from 'lucide-react'
import { useRef, useState, type FormEvent, type ReactNode, type RefObject } from 'react'
import type { Capability, NewGapStep } from '@/api/types'
import { ApiError } from '@/lib/http'
import { useMay } from '@/lib/may'
import { useSending } from '@/lib/use-sending'
import { Button } from '@/ui/button'
import { Confirm, Dialog } from '@/ui/dialog'
import { Field, Input, Textarea } from '@/ui/field'
import { Section } from '@/ui/page'
import { FaultLine } from '@/ui/states'
import { toast } from '@/ui/toast'
import { takeIn, takeStep, useRenewGaps, useSections, type About } from './gaps-api'
import { placeName } from './step-words'

type Remedy = 'words' | 'document' | 'answer' | 'outside'

interface Way {
  remedy: Remedy
  label: string
  needs: Capability
  icon: ReactNode
}

const WAYS: Way[] = [
  { remedy: 'document', label: 'Dokument ergänzen', needs: 'library', icon: <FileUp aria-hidden /> },
  { remedy: 'words', label: 'Wörter ergänzen', needs: 'configure', icon: <Languages aria-hidden /> },
  { remedy: 'answer', label: 'Antwort schreiben', needs: 'review', icon: <PenLine aria-hidden /> },
  { remedy: 'outside', label: 'Gehört nicht hierher', needs: 'review', icon: <X aria-hidden /> },
]

interface Props {
  about: About
  /** The document is there: words come first. */
  there: boolean
  /** The section that was named: words are proposed from it. */
  named?: string
  /** What the form of an answer begins with. */
  question?: string
}

/** What can be done about it: the likeliest first, as the one that stands out. */
export function Remedies(props: Props) {
  const may = useMay()
  const [open, setOpen] = useState<Remedy | null>(null)
  const ways = WAYS.filter(({ needs }) => may(needs)).toSorted((a, b) => rank(a.remedy, props.there) - rank(b.remedy, props.there))
  if (!may('review') || ways.length === 0) return null
  const close = (): void => setOpen(null)
  return (
    <Section title="Was Sie tun können">
      <div className="flex flex-wrap gap-2">
        {ways.map(({ remedy, label, icon }, at) => (
          <Button key={remedy} look={at === 0 ? 'primary' : remedy === 'outside' ? 'ghost' : 'outline'} onClick={() => setOpen(remedy)}>
            {icon} {label}
          </Button>
        ))}
      </div>
      <WordsDialog {...props} open={open === 'words'} onClose={close} />
      <DocumentDialog {...props} open={open === 'document'} onClose={close} />
      <AnswerDialog {...props} open={open === 'answer'} onClose={close} />
      <OutsideDialog {...props} open={open === 'outside'} onClose={close} />
    </Section>
  )
}

function rank(remedy: Remedy, there: boolean): number {
  return remedy === 'words' && there ? -1 : WAYS.findIndex((one) => one.remedy === remedy)
}

interface DialogProps extends Props {
  open: boolean
  onClose: () => void
}

function useTaking({ about, onClose }: Pick<DialogProps, 'about' | 'onClose'>) {
  const renew = useRenewGaps()
  const sending = useSending()
  const take = (making: () => Promise<NewGapStep> | NewGapStep, said: string): void => {
    void sending.send(async () => {
      await takeStep(about, await making())
      await renew()
      onClose()
      toast(said, 'ok', 'Die Fragen werden jetzt noch einmal gestellt.')
    })
  }
  const found = sending.fault instanceof ApiError ? sending.fault.fields : []
  return { busy: sending.busy, fault: found.length > 0 ? null : sending.fault, take, faultOf: (field: string) => found.find((one) => one.field === field)?.message ?? null }
}

function Foot({ busy, onClose, action }: { busy: boolean; onClose: () => void; action: string }) {
  return (
    <div className="flex justify-end gap-2">
      <Button onClick={onClose}>Abbrechen</Button>
      <Button type="submit" look="primary" busy={busy}>
        {action}
      </Button>
    </div>
  )
}

const parted = (text: string): string[] => text.split(/[,;\n]/).map((one) => one.trim()).filter(Boolean)

function WordsDialog(props: DialogProps) {
  return (
    <Dialog open={props.open} onClose={props.onClose} title="Wörter ergänzen" description="Zuerst, wie Ihre Leute sagen; dann, wie es in den Unterlagen steht. Es gilt ab der nächsten Frage und steht danach auch unter Einstellungen im Wortschatz." firm>
      {props.open ? <Proposed {...props} /> : null}
    </Dialog>
  )
}

/** With the words that the named section lacks, and those of its heading. */
function Proposed(props: DialogProps) {
  const near = useSections(props.about, '')
  const right = props.named ? near.data?.sections.find((one) => placeName(one) === props.named) : undefined
  return <WordsForm key={right?.section_id ?? ''} {...props} phrases={right?.missing ?? []} terms={right?.terms ?? []} />
}

function WordsForm({ phrases, terms, ...props }: DialogProps & { phrases: string[]; terms: string[] }) {
  const [says, setSays] = useState(phrases.join(', '))
  const [means, setMeans] = useState(terms.join(', '))
  const { busy, fault, take, faultOf } = useTaking(props)
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    take(() => ({ what: 'words', phrases: parted(says), terms: parted(means) }), 'Wörter ergänzt')
  }
  return (
    <form onSubmit={submit} className="grid gap-4">
      <Field label="Ihre Leute sagen" hint="Mehrere mit Komma, zum Beispiel: Balkonkraftwerk, Balkonsolar" error={faultOf('phrases')}>
        {(ids) => <Input {...ids} value={says} maxLength={400} onChange={(event) => setSays(event.target.value)} />}
      </Field>
      <Field label="In den Unterlagen heißt es" hint="So, wie das Wort dort steht, zum Beispiel: Steckersolargerät" error={faultOf('terms')}>
        {(ids) => <Input {...ids} value={means} maxLength={400} onChange={(event) => setMeans(event.target.value)} />}
      </Field>
      <FaultLine error={fault} />
      <Foot busy={busy} onClose={props.onClose} action="Ergänzen" />
    </form>
  )
}

function DocumentDialog(props: DialogProps) {
  return (
    <Dialog open={props.open} onClose={props.onClose} title="Dokument ergänzen" description="Es wird für alle aufgenommen. Sobald es gelesen ist, werden die Fragen noch einmal gestellt." firm>
      <DocumentForm key={String(props.open)} {...props} />
    </Dialog>
  )
}

function DocumentForm(props: DialogProps) {
  const [file, setFile] = useState<File | null>(null)
  const [tried, setTried] = useState(false)
  const { busy, fault, take } = useTaking(props)
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    setTried(true)
    if (file) take(async () => ({ what: 'document', item_id: await takeIn(file) }), 'Dokument ergänzt')
  }
  return (
    <form onSubmit={submit} className="grid gap-4">
      <Field label="Datei" hint="PDF, Word, Tabelle, Text oder Bild" error={tried && !file ? 'Wählen Sie eine Datei.' : null}>
        {(ids) => <Input {...ids} type="file" className="h-auto py-1.5" onChange={(event) => setFile(event.target.files?.[0] ?? null)} />}
      </Field>
      <FaultLine error={fault} />
      <Foot busy={busy} onClose={props.onClose} action="Aufnehmen" />
    </form>
  )
}

function AnswerDialog(props: DialogProps) {
  const first = useRef<HTMLTextAreaElement>(null)
  return (
    <Dialog open={props.open} onClose={props.onClose} title="Antwort schreiben" description="Sie wird als Notiz in den Korpus aufgenommen; Luna darf sie zitieren, mit der Quelle, die Sie nennen." className="w-[min(640px,calc(100vw-24px))]" focus={first} firm>
      <AnswerForm key={String(props.open)} {...props} first={first} />
    </Dialog>
  )
}

function AnswerForm({ first, ...props }: DialogProps & { first: RefObject<HTMLTextAreaElement | null> }) {
  const [question, setQuestion] = useState(props.question ?? '')
  const [answer, setAnswer] = useState('')
  const [source, setSource] = useState('')
  const { busy, fault, take, faultOf } = useTaking(props)
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    take(() => ({ what: 'answer', question: question.trim() || null, answer: answer.trim() || null, source: source.trim() || null }), 'Antwort geschrieben')
  }
  return (
    <form onSubmit={submit} className="grid gap-4">
      <Field label="Frage" hint="Allgemein gehalten, so wie viele fragen: Angaben zu einer Person gehören nicht hinein." error={faultOf('question')}>
        {(ids) => <Input {...ids} value={question} maxLength={2000} onChange={(event) => setQuestion(event.target.value)} />}
      </Field>
      <Field label="Antwort" error={faultOf('answer')}>
        {(ids) => <Textarea {...ids} ref={first} rows={6} value={answer} maxLength={20_000} onChange={(event) => setAnswer(event.target.value)} />}
      </Field>
      <Field label="Quelle" hint="Woher Sie es wissen, zum Beispiel: Preisblatt vom 1. Oktober, Auskunft der Netzabteilung" error={faultOf('source')}>
        {(ids) => <Input {...ids} value={source} maxLength={2000} onChange={(event) => setSource(event.target.value)} />}
      </Field>
      <FaultLine error={fault} />
      <Foot busy={busy} onClose={props.onClose} action="Veröffentlichen" />
    </form>
  )
}

function OutsideDialog({ about, open, onClose }: DialogProps) {
  const renew = useRenewGaps()
  const mark = async (): Promise<void> => {
    await takeStep(about, { what: 'outside' })
    toast('Zählt nicht mehr als Lücke', 'ok', 'Zu finden unter „Gehört nicht hierher“.')
    await renew()
  }
  return (
    <Confirm open={open} onClose={onClose} title="Gehört das nicht hierher?" action="Gehört nicht hierher" onConfirm={mark}>
      {'gapId' in about ? 'Diese Fragen sind dann keine Wissenslücke mehr und zählen nicht als schwach beantwortet, auch künftige nicht, die gleich lauten.' : 'Diese Frage zählt dann nicht mehr als schwach beantwortet.'} Sie können es zurücknehmen.
    </Confirm>
  )
}

