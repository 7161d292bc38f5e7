import type { Citation, Sentence } from '@/api/types'
import { withoutMarks } from '@/lib/text'
import { CitationChip } from './citation-chip'

interface AnswerTextProps {
  sentences: Sentence[]
  citations: Citation[]
  onOpen: (citation: Citation) => void
}

/** Checked sentences with their sources; plain text only, whatever a document may contain. */
export function AnswerText({ sentences, citations, onOpen }: AnswerTextProps) {
  const byNumber = new Map(citations.map((citation) => [citation.number, citation]))
  return (
    <p className="text-base leading-[1.7]">
      {sentences.map((sentence, index) => (
        <span key={index} className="animate-rise">
          {sentence.checked ? withoutMarks(sentence.text) : <Unproven text={withoutMarks(sentence.text)} />}
          {sentence.citations.map((number) => {
            const citation = byNumber.get(number)
            return citation ? <CitationChip key={number} citation={citation} onOpen={onOpen} /> : null
          })}{' '}
        </span>
      ))}
    </p>
  )
}

function Unproven({ text }: { text: string }) {
  return (
    <span className="underline decoration-warn decoration-dotted underline-offset-4">
      {text} <span className="text-2xs text-warn">(nicht belegt)</span>
    </span>
  )
}
