import { useRef, useState } from 'react'
import type { Review } from '@/api/types'
import { ApiError } from '@/lib/http'
import { withoutMarks } from '@/lib/text'
import { Button } from '@/ui/button'
import { Dialog } from '@/ui/dialog'
import { CheckLine, Field, Input, Textarea } from '@/ui/field'
import { FaultLine } from '@/ui/states'
import type { Deciding } from './use-review'

interface Props {
  review: Review | null
  rating: number | null
  deciding: Deciding
  onClose: () => void
}

/** Without the question that Luna proposes next: it is no part of what an editor stands for. */
function withoutNext(answer: string): string {
  return answer.replace(/\s*Als Nächstes könnten Sie fragen: [^\n]*$/, '')
}

/** The right answer in an editor's words; Luna may cite it if it is published. */
export function ChangeDialog({ review, rating, deciding: { busy, fault, onDecide }, onClose }: Props) {
  const [question, setQuestion] = useState(review?.question ?? '')
  const [answer, setAnswer] = useState(review ? withoutNext(withoutMarks(review.answer)) : '')
  const [note, setNote] = useState('')
  const [publish, setPublish] = useState(false)
  const first = useRef<HTMLTextAreaElement>(null)
  const [tried, setTried] = useState(false)
  const found = tried && fault instanceof ApiError ? fault.fields : []
  const faultOf = (field: string): string | null => found.find((one) => one.field === field)?.message ?? null
  const missing = tried && !answer.trim() ? 'Bitte schreiben Sie die richtige Antwort.' : faultOf('answer')
  const unasked = tried && !question.trim() ? 'Bitte schreiben Sie die Frage.' : faultOf('question')
  const send = async (): Promise<void> => {
    setTried(true)
    if (!answer.trim() || !question.trim()) return
    if (await onDecide({ verdict: 'aendern', rating, question, answer, note: note.trim() || null, publish })) onClose()
  }
  return (
    <Dialog open={review !== null} onClose={onClose} title="Antwort ändern" description="Die bisherige Antwort bleibt als Gegenstück erhalten." className="w-[min(640px,calc(100vw-24px))]" focus={first} firm>
      <Field label="Frage" error={unasked} hint="Allgemein gehalten: Angaben zu einer Person gehören nicht hinein.">
        {(ids) => <Input {...ids} value={question} maxLength={2000} onChange={(event) => setQuestion(event.target.value)} />}
      </Field>
      <Field label="Richtige Antwort" error={missing}>
        {(ids) => <Textarea {...ids} ref={first} rows={8} value={answer} maxLength={20_000} onChange={(event) => setAnswer(event.target.value)} />}
      </Field>
      <Field label="Bemerkung (freiwillig)">{(ids) => <Input {...ids} value={note} maxLength={2000} onChange={(event) => setNote(event.target.value)} />}</Field>
      <CheckLine label="Veröffentlichen: Luna darf diese Antwort zitieren" hint="Sie wird als Notiz in den Korpus aufgenommen und nennt, wer sie freigegeben hat." checked={publish} onChange={setPublish} />
      <FaultLine error={tried ? fault : null} />
      <div className="flex justify-end gap-2">
        <Button onClick={onClose}>Abbrechen</Button>
        <Button look="primary" busy={busy} onClick={() => void send()}>
          Speichern
        </Button>
      </div>
    </Dialog>
  )
}
