import { BellOff, FlaskConical, Play, Ticket as TicketSign } from 'lucide-react'
import { useState } from 'react'
import type { AlertRule, Evaluation, Explanation, Notice } from '@/api/types'
import { formatCount, formatTime, plural } from '@/lib/format'
import { useTone } from '@/lib/tone'
import { useSending } from '@/lib/use-sending'
import { Badge, Tag } from '@/ui/badge'
import { Button } from '@/ui/button'
import { Menu, MenuItem } from '@/ui/menu'
import { Section } from '@/ui/page'
import { Empty, Fault, OldNews, SkeletonRows } from '@/ui/states'
import { toast, toastFault } from '@/ui/toast'
import { AlertHistory } from './alert-history'
import { CHANNELS, remarkOf, ruleState, standing } from './alert-words'
import { evaluate, silence, useAlerts, useRenewAlerts } from './alerts-api'
import { UnusualHours } from './unusual-hours'
import { DryRun } from './dry-run'
import { capital, endText, foundText, limitsText, marginText, spanText } from './margin'
import { MarginBar } from './margin-bar'
import type { OnSearch } from '../search'
import { ruleTitle, useShape } from '../use-watches'

/** Every rule, the worst first: what was measured, how far from its threshold, and what follows. */
export function AlertsTab({ maySilence, onSearch }: { maySilence: boolean; onSearch: OnSearch }) {
  const found = useAlerts()
  const tone = useTone()
  const [tried, setTried] = useState<Evaluation | null>(null)
  const dry = useSending(toastFault)
  const real = useSending(toastFault)
  const renew = useRenewAlerts()
  if (!found.data) return found.isError ? <Fault error={found.error} onRetry={() => void found.refetch()} className="card" /> : <div className="card"><SkeletonRows /></div>
  const { alerts, channels, notices } = found.data
  const evaluated = alerts.map((alert) => alert.evaluated_at).toSorted().at(-1)
  const evaluateNow = async (): Promise<void> => {
    const made = await evaluate(false)
    await renew()
    toast('Bewertet', made.critical ? 'bad' : 'ok', `${plural(made.rules.length, 'Regel', 'Regeln')}, Stand ${formatTime(made.at)}`)
  }
  return (
    <div className="grid gap-5">
      <OldNews found={found} />
      <div className="flex flex-wrap items-center gap-2">
        <p className="text-sm text-muted">
          {standing(alerts) ?? tone('Alles ruhig. Das darf so bleiben.', 'Keine Regel schlägt an.')} {channels.length > 0 ? `Gemeldet wird über: ${channels.map((channel) => CHANNELS[channel]).join(', ')}.` : 'Gemeldet wird nirgends.'}{' '}
          {evaluated ? <span className="num">Bewertet {formatTime(evaluated)}.</span> : null}
        </p>
        <span className="ml-auto flex gap-2">
          <Button size="sm" busy={dry.busy} onClick={() => void dry.send(async () => setTried(await evaluate(true)))}>
            <FlaskConical aria-hidden /> Probelauf
          </Button>
          <Button size="sm" busy={real.busy} onClick={() => void real.send(evaluateNow)}>
            <Play aria-hidden /> Jetzt bewerten
          </Button>
        </span>
      </div>
      <Undelivered notices={notices} />
      {alerts.length === 0 ? (
        <Empty className="card" title="Noch keine Bewertung">Nova bewertet die Regeln jede Viertelstunde. Ein Probelauf zeigt sofort, was dabei herauskäme.</Empty>
      ) : (
        <ul aria-label="Regeln" className="card divide-y divide-line">
          {alerts.map((alert) => (
            <Row key={alert.rule} alert={alert} maySilence={maySilence} onTicket={(ticket) => onSearch({ teil: 'tickets', ticket })} onFigure={() => onSearch({ teil: undefined, kennzahl: alert.explanation.kpi })} />
          ))}
        </ul>
      )}
      <UnusualHours />
      <AlertHistory />
      <DryRun found={tried} onClose={() => setTried(null)} />
    </div>
  )
}

/** Messages that reached nobody: an alarm that is not heard is none. */
function Undelivered({ notices }: { notices: Notice[] }) {
  const failed = notices.filter(({ state }) => state === 'failed')
  if (failed.length === 0) return null
  return (
    <Section title={`Nicht zugestellt (${formatCount(failed.length)})`}>
      <ul className="card divide-y divide-line">
        {failed.map((notice) => (
          <li key={notice.notice_id} className="num grid gap-0.5 px-4 py-2 text-sm">
            <span className="flex flex-wrap items-center gap-2">
              <Badge shade="bad">{CHANNELS[notice.channel as keyof typeof CHANNELS] ?? notice.channel}</Badge> {notice.title} <span className="text-xs text-muted">{formatTime(notice.created_at)}</span>
            </span>
            {notice.error ? <span className="text-xs text-muted [overflow-wrap:anywhere]">{notice.error}</span> : null}
          </li>
        ))}
      </ul>
    </Section>
  )
}

function Row({ alert, maySilence, onTicket, onFigure }: { alert: AlertRule; maySilence: boolean; onTicket: (ticketId: string) => void; onFigure: () => void }) {
  const word = ruleState(alert.state)
  const told = alert.explanation
  return (
    <li className="grid gap-2 px-4 py-3.5">
      <div className="flex flex-wrap items-center gap-2">
        <Badge shade={word.shade}>{word.label}</Badge>
        <Button look="link" className="text-sm font-medium" onClick={onFigure}>
          {ruleTitle(told)}
        </Button>
        <span className="ml-auto flex items-center gap-1.5">
          {alert.ticket_id ? (
            <Button size="sm" onClick={() => onTicket(alert.ticket_id ?? '')}>
              <TicketSign aria-hidden /> Nr. {alert.ticket}
            </Button>
          ) : null}
          {maySilence ? <Silence alert={alert} /> : silentUntil(alert) ? <Tag>stumm bis {silentUntil(alert)}</Tag> : null}
        </span>
      </div>
      <p className="-mt-1 text-xs text-muted">{told.text}</p>
      <Measured told={told} state={alert.state} />
      {alert.opened_at ? <p className="num text-xs text-muted">Alarm seit {formatTime(alert.opened_at)}</p> : null}
    </li>
  )
}

/** What was found, how far that is from the threshold, and each threshold once. */
function Measured({ told, state }: { told: Explanation; state: AlertRule['state'] }) {
  const kpi = useShape()(told.kpi)
  if (!kpi) return <p className="num text-sm">{told.sentence}</p>
  const watch = { ...told, state }
  const remark = remarkOf(told)
  return (
    <>
      <p className="num text-sm">
        {spanText(told)}: {foundText(told, kpi)}. {state === 'no_data' ? null : <span className="font-medium">{capital(marginText(watch, kpi))}.</span>} {remark}
      </p>
      <MarginBar of={watch} className="max-w-md" />
      <p className="num text-xs text-muted">
        {limitsText(told, kpi)}; {endText(told, kpi)}
      </p>
    </>
  )
}

const HOURS = [
  { hours: 1, label: 'Eine Stunde' },
  { hours: 24, label: 'Einen Tag' },
  { hours: 168, label: 'Eine Woche' },
]

function Silence({ alert }: { alert: AlertRule }) {
  const renew = useRenewAlerts()
  const { send } = useSending(toastFault)
  const { title } = alert.explanation
  const until = silentUntil(alert)
  const quiet = async (hours: number): Promise<void> => {
    await silence(alert.rule, hours)
    await renew()
    toast(hours > 0 ? 'Stumm geschaltet' : 'Wird wieder gemeldet', 'ok', title)
  }
  return (
    <Menu
      trigger={
        <Button size="sm" look="ghost" aria-label={until ? `Stumm bis ${until}: ${title}` : `Stumm schalten: ${title}`}>
          <BellOff aria-hidden /> {until ? `Stumm bis ${until}` : 'Stumm'}
        </Button>
      }
    >
      {HOURS.map(({ hours, label }) => (
        <MenuItem key={hours} onSelect={() => void send(() => quiet(hours))}>
          {label}
        </MenuItem>
      ))}
      {until ? <MenuItem onSelect={() => void send(() => quiet(0))}>Wieder melden</MenuItem> : null}
    </Menu>
  )
}

/** Until when nobody is told; null where that is over. */
function silentUntil(alert: AlertRule): string | null {
  return alert.silent_until && Date.parse(alert.silent_until) > Date.now() ? formatTime(alert.silent_until) : null
}
