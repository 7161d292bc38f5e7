import { useQueryClient } from '@tanstack/react-query'
import { Check } from 'lucide-react'
import { useState } from 'react'
import type { ConversationDetail, Tone, TurnData } from '@/api/types'
import { cn } from '@/lib/cn'
import { formatTime } from '@/lib/format'
import { withoutMarks } from '@/lib/text'
import { Badge, Tag } from '@/ui/badge'
import { Button } from '@/ui/button'
import { Drawer } from '@/ui/dialog'
import { Fault, Skeleton } from '@/ui/states'
import { toastFault } from '@/ui/toast'
import { sayTone, useTalk } from './talks-api'
import { channelName, consentWords, ROLES, sourceName, TONES } from './words'

interface Props {
  conversationId: string | undefined
  onClose: () => void
  onReview: (reviewId: string) => void
}

/** All that was said, in order; a reviewer may say how it sounds. */
export function TalkDrawer({ conversationId, onClose, onReview }: Props) {
  const found = useTalk(conversationId)
  const talk = found.data
  return (
    <Drawer
      open={conversationId !== undefined}
      onClose={onClose}
      title="Gespräch"
      description={talk ? <span className="num">{sourceName(talk.source)}{talk.channel ? ` · ${channelName(talk.channel)}` : ''} · {formatTime(talk.started_at)}</span> : null}
      className="w-[min(680px,100vw)]"
    >
      {found.isError ? <Fault error={found.error} onRetry={() => void found.refetch()} /> : talk ? <Body talk={talk} onReview={onReview} /> : <Skeleton className="h-80" />}
    </Drawer>
  )
}

function Body({ talk, onReview }: { talk: ConversationDetail; onReview: (reviewId: string) => void }) {
  return (
    <div className="grid gap-4">
      <div className="flex flex-wrap items-center gap-1.5">
        {consentWords(talk.purposes).map((word) => (
          <Badge key={word} shade="ok" icon={<Check aria-hidden />}>
            {word}
          </Badge>
        ))}
        {talk.subject_id ? <Tag className="num">Person {talk.subject_id.slice(-8)}</Tag> : <Tag>ohne Person</Tag>}
        {talk.searchable ? <Tag>durchsuchbar</Tag> : null}
      </div>
      <ol aria-label="Beiträge" className="grid gap-3">
        {talk.said.map((turn) => (
          <li key={turn.seq} className={cn('grid max-w-[92%] gap-1.5 rounded-card border border-line px-4 py-3', turn.role === 'user' ? 'ml-auto bg-brand-soft' : 'bg-panel')}>
            <p className="num flex flex-wrap items-center gap-2 text-2xs text-muted">
              <span className="font-semibold">{ROLES[turn.role]}</span> {formatTime(turn.ts)}
              {turn.role === 'user' || turn.useful === null ? null : <Badge shade={turn.useful ? 'ok' : 'bad'} className="h-5 text-2xs">{turn.useful ? 'hilfreich' : 'nicht hilfreich'}</Badge>}
            </p>
            <p className="text-sm leading-relaxed whitespace-pre-wrap [overflow-wrap:anywhere]">{withoutMarks(turn.text)}</p>
            {turn.role === 'user' ? <ToneOf key={`${turn.seq}-${turn.tone}`} conversationId={talk.conversation_id} turn={turn} /> : null}
            {turn.role !== 'user' && turn.review_id ? (
              <Button look="link" size="sm" className="w-fit" onClick={() => onReview(turn.review_id ?? '')}>
                Zur Durchsicht
              </Button>
            ) : null}
          </li>
        ))}
      </ol>
    </div>
  )
}

/** How a turn sounds to the reader: what the site's own model learns from. */
function ToneOf({ conversationId, turn }: { conversationId: string; turn: TurnData }) {
  const queries = useQueryClient()
  const [tone, setTone] = useState<Tone | null>(turn.tone)
  const say = async (label: Tone): Promise<void> => {
    const before = tone
    setTone(label)
    try {
      await sayTone(conversationId, turn.seq, label)
      void queries.invalidateQueries({ queryKey: ['talk', conversationId] })
    } catch (error) {
      setTone(before)
      toastFault(error)
    }
  }
  return (
    <div role="group" aria-label={`Ton des Beitrags ${turn.seq + 1}`} className="flex flex-wrap gap-1">
      {TONES.map(({ tone: one, label }) => (
        <button
          key={one}
          type="button"
          aria-pressed={tone === one}
          onClick={() => void say(one)}
          className="h-7 rounded-full border border-line bg-panel px-2.5 text-2xs text-muted hover:border-field hover:text-ink aria-pressed:border-brand aria-pressed:text-brand"
        >
          {label}
        </button>
      ))}
    </div>
  )
}
