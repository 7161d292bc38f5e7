import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { freshly } from '@/account'
import type { Approval } from '@/api/types'
import { formatTime } from '@/lib/format'
import { api, data } from '@/lib/http'
import { useSending } from '@/lib/use-sending'
import { actorName, type Word } from '@/lib/words'
import { StateBadge } from '@/ui/badge'
import { Button } from '@/ui/button'
import { Confirm, Dialog } from '@/ui/dialog'
import { Empty, Fault, FaultLine, OldNews, SkeletonRows } from '@/ui/states'
import { toast } from '@/ui/toast'
import { ApprovalTold } from './approval-told'
import { LinkShown } from './link-shown'

const STATES: Record<Approval['state'], Word> = {
  waiting: { label: 'wartet', shade: 'warn' },
  running: { label: 'läuft', shade: 'brand' },
  done: { label: 'bestätigt', shade: 'ok' },
  failed: { label: 'misslungen', shade: 'bad' },
  refused: { label: 'abgelehnt', shade: 'neutral' },
}

function useApprovals() {
  return useQuery({ queryKey: ['approvals'], queryFn: ({ signal }) => data(api.GET('/api/v1/admin/approvals', { signal })), refetchInterval: 30_000 })
}

/** What waits for a second operator's word, and what came of it; only somebody with a name (`named`) has a say. */
export function ApprovalsList({ named }: { named: boolean }) {
  const found = useApprovals()
  if (!found.data) return found.isError ? <Fault error={found.error} onRetry={() => void found.refetch()} className="card" /> : <div className="card"><SkeletonRows rows={2} /></div>
  const { approvals, wanted } = found.data
  return (
    <div className="grid gap-4">
      <OldNews found={found} />
      <p className="max-w-prose text-sm text-muted">
        {wanted.length > 0 ? 'Manches geschieht hier erst, wenn eine zweite Person der Betriebsverwaltung es bestätigt.' : 'Hier genügt für jede Handlung eine Person.'} Welche Handlungen zwei brauchen, steht in <code>four_eyes.yaml</code>.
        {named ? '' : ' Bestätigen und ablehnen kann nur, wer mit Namen angemeldet ist.'}
      </p>
      {approvals.length === 0 ? (
        <Empty className="card" title="Nichts wartet">Was eine zweite Person bestätigen muss, steht dann hier.</Empty>
      ) : (
        <ul aria-label="Bestätigungen" className="card divide-y divide-line">
          {approvals.map((one) => (
            <Line key={one.approval_id} one={one} named={named} />
          ))}
        </ul>
      )}
    </div>
  )
}

function factsOf(one: Approval): string {
  const decider = one.decided_by ? ` durch ${one.decider ?? actorName(one.decided_by)}` : ''
  const ends = one.state === 'waiting' ? `gilt bis ${formatTime(one.expires_at)}` : one.decided_at ? `entschieden ${formatTime(one.decided_at)}${decider}` : ''
  return [`erbeten ${formatTime(one.asked_at)} durch ${one.mine ? 'Sie' : (one.asker ?? actorName(one.asked_by))}`, ends, one.told].filter(Boolean).join(' · ')
}

function Line({ one, named }: { one: Approval; named: boolean }) {
  const queries = useQueryClient()
  const { busy, fault, send } = useSending()
  const [asking, setAsking] = useState(false)
  const [path, setPath] = useState<string | null>(null)
  const decide = async (approve: boolean): Promise<void> => {
    try {
      const decided = await freshly(() => data(api.POST('/api/v1/admin/approvals/{approval_id}', { params: { path: { approval_id: one.approval_id } }, body: { approve } })))
      setPath(decided.path)
      toast(approve ? 'Bestätigt und ausgeführt.' : one.mine ? 'Zurückgenommen.' : 'Abgelehnt.', 'ok', one.title)
    } finally {
      await Promise.all(['approvals', 'people', 'thresholds', 'learned', 'prompts'].map((key) => queries.invalidateQueries({ queryKey: [key] })))
    }
  }
  return (
    <li className="grid gap-2 px-4 py-3">
      <div className="flex flex-wrap items-start gap-x-4 gap-y-2">
        <div className="grid min-w-0 flex-1 basis-72 gap-1">
          <p className="flex flex-wrap items-center gap-2 text-sm font-medium">
            {one.title} <StateBadge word={STATES[one.state]} />
          </p>
          <ApprovalTold one={one} />
          <p className="num text-xs text-muted [overflow-wrap:anywhere]">{factsOf(one)}</p>
        </div>
        {one.state === 'waiting' && named ? (
          <span className="flex gap-2">
            {one.mine ? null : (
              <Button size="sm" look="primary" busy={busy} onClick={() => setAsking(true)}>
                Bestätigen
              </Button>
            )}
            <Button size="sm" disabled={busy} onClick={() => void send(() => decide(false))}>
              {one.mine ? 'Zurücknehmen' : 'Ablehnen'}
            </Button>
          </span>
        ) : null}
      </div>
      <FaultLine error={fault} />
      <Confirm open={asking} onClose={() => setAsking(false)} title={`${one.title}?`} action="Bestätigen und ausführen" danger={one.action === 'person.erase'} onConfirm={() => decide(true)}>
        <ApprovalTold one={one} />
      </Confirm>
      <Dialog open={path !== null} onClose={() => setPath(null)} title={`Link für ${one.person ?? 'die Person'}`} description="Der Link wird nur dieses eine Mal gezeigt." firm>
        {path === null ? null : <LinkShown link={{ path, purpose: 'recover' }} onClose={() => setPath(null)} />}
      </Dialog>
    </li>
  )
}
