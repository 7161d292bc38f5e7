import { useQueryClient } from '@tanstack/react-query'
import { Check } from 'lucide-react'
import { useState } from 'react'
import type { ConversationDetail, Tone, TurnData } from '@/api/types'
import { cn } from '@/lib/cn'
import { formatTime } from '@/lib/format'
import { withoutMarks } from '@/lib/text'
import { useSending } from '@/lib/use-sending'
import { channelName, sourceName } from '@/lib/words'
import { Badge, Tag } from '@/ui/badge'
import { Button } from '@/ui/button'
import { Drawer } from '@/ui/dialog'
import { Fault, Skeleton } from '@/ui/states'
import { toastFault } from '@/ui/toast'
import { sayTone, useTalk } from './talks-api'
import { consentWords, speaker, TONES } from './words'

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
  const looked = talk.purposes.includes('analytics')
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
              <span className="font-semibold">{speaker(turn.role, talk.source)}</span> {formatTime(turn.ts)}
              {turn.role === 'user' || turn.useful === null ? null : <Badge shade={turn.useful ? 'ok' : 'bad'} className="h-5 text-2xs">{turn.useful ? 'hilfreich' : 'nicht hilfreich'}</Badge>}
            </p>
            <p className="text-sm leading-relaxed whitespace-pre-wrap [overflow-wrap:anywhere]">{withoutMarks(turn.text)}</p>
            {turn.role === 'user' && looked ? <ToneOf conversationId={talk.conversation_id} turn={turn} /> : null}
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

/** How a turn sounds to the reader: what the site's own model learns from. Only where its author agreed to have it looked at. */
function ToneOf({ conversationId, turn }: { conversationId: string; turn: TurnData }) {
  const queries = useQueryClient()
  const [said, setSaid] = useState<Tone | null>(null)
  const { busy, send } = useSending(toastFault)
  const say = async (label: Tone): Promise<void> => {
    if (busy) return
    setSaid(label)
    await send(async () => {
      await sayTone(conversationId, turn.seq, label)
      await queries.invalidateQueries({ queryKey: ['talk', conversationId] })
    })
    setSaid(null)
  }
  const tone = said ?? turn.tone
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
