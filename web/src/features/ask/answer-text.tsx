import type { Citation, Fact, Sentence } from '@/api/types'
import { withoutMarks } from '@/lib/text'
import { Veiled } from '@/ui/veiled'
import { CitationChip } from './citation-chip'
import { FactChip } from './fact-chip'

interface AnswerTextProps {
  sentences: Sentence[]
  citations: Citation[]
  facts: Fact[]
  onOpen: (citation: Citation) => void
}

/** Checked sentences with their sources; plain text only, whatever a document may contain. */
export function AnswerText({ sentences, citations, facts, onOpen }: AnswerTextProps) {
  const byNumber = new Map(citations.map((citation) => [citation.number, citation]))
  return (
    <p className="text-base leading-[1.7]">
      {sentences.map((sentence, index) => (
        <span key={index} className="animate-rise">
          {sentence.checked ? <Veiled text={withoutMarks(sentence.text)} /> : <Unproven text={withoutMarks(sentence.text)} />}
          {sentence.facts.map((id) => (
            <FactChip key={id} facts={facts} id={id} />
          ))}
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
      <Veiled text={text} /> <span className="text-2xs text-warn">(nicht belegt)</span>
    </span>
  )
}
