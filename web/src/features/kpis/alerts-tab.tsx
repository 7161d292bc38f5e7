import { BellOff, FlaskConical, Play, Ticket as TicketSign } from 'lucide-react'
import { useState } from 'react'
import type { AlertRule, Evaluation, Role } from '@/api/types'
import { cn } from '@/lib/cn'
import { formatTime, plural } from '@/lib/format'
import { useTone } from '@/lib/tone'
import { Badge, Tag } from '@/ui/badge'
import { Button } from '@/ui/button'
import { Menu, MenuItem } from '@/ui/menu'
import { Empty, Fault, SkeletonRows } from '@/ui/states'
import { toast, toastFault } from '@/ui/toast'
import { AlertHistory } from './alert-history'
import { marginOf, ruleState } from './alert-words'
import { evaluate, silence, useAlerts, useRenewAlerts } from './alerts-api'
import { DryRun } from './dry-run'
import type { OnSearch } from './search'

/** Every rule, the worst first: what was measured, how far from its threshold, and what follows. */
export function AlertsTab({ role, onSearch }: { role: Role; onSearch: OnSearch }) {
  const found = useAlerts()
  const tone = useTone()
  const [tried, setTried] = useState<Evaluation | null>(null)
  const run = useRun(setTried)
  if (found.isPending) return <div className="card"><SkeletonRows /></div>
  if (found.isError) return <Fault error={found.error} onRetry={() => void found.refetch()} className="card" />
  const admin = role === 'admin'
  const { alerts, channels } = found.data
  const firing = alerts.filter(({ state }) => state === 'warn' || state === 'critical').length
  const odd = alerts.filter(({ state }) => state === 'pending').length
  const calm = odd > 0 ? `Keine Regel schlägt an, ${odd} ${odd === 1 ? 'ist' : 'sind'} auffällig.` : tone('Alles ruhig. Das darf so bleiben.', 'Keine Regel schlägt an.')
  const said = firing > 0 ? `${firing} von ${plural(alerts.length, 'Regel', 'Regeln')} ${firing === 1 ? 'schlägt' : 'schlagen'} an.` : alerts.length > 0 ? calm : ''
  return (
    <div className="grid gap-5">
      <div className="flex flex-wrap items-center gap-2">
        <p className="text-sm text-muted">
          {said} Gemeldet wird über: {channels.map((channel) => CHANNELS[channel]).join(', ')}.
        </p>
        <span className="ml-auto flex gap-2">
          <Button size="sm" busy={run.busy === 'dry'} onClick={() => void run.start(true)}>
            <FlaskConical aria-hidden /> Probelauf
          </Button>
          {admin ? (
            <Button size="sm" busy={run.busy === 'real'} onClick={() => void run.start(false)}>
              <Play aria-hidden /> Jetzt bewerten
            </Button>
          ) : null}
        </span>
      </div>
      {alerts.length === 0 ? (
        <Empty className="card" title="Noch keine Bewertung">Nova bewertet die Regeln jede Viertelstunde. Ein Probelauf zeigt sofort, was dabei herauskäme.</Empty>
      ) : (
        <ul aria-label="Regeln" className="card divide-y divide-line">
          {alerts.map((alert) => (
            <Row key={alert.rule} alert={alert} admin={admin} onTicket={(ticket) => onSearch({ teil: 'tickets', ticket })} onFigure={() => onSearch({ teil: undefined, kennzahl: alert.explanation.kpi })} />
          ))}
        </ul>
      )}
      <AlertHistory />
      <DryRun found={tried} onClose={() => setTried(null)} />
    </div>
  )
}

const CHANNELS: Record<string, string> = { log: 'Protokoll', mail: 'E-Mail', webhook: 'Webhook' }

function useRun(onTried: (found: Evaluation) => void): { busy: 'dry' | 'real' | null; start: (dryRun: boolean) => Promise<void> } {
  const renew = useRenewAlerts()
  const [busy, setBusy] = useState<'dry' | 'real' | null>(null)
  const start = async (dryRun: boolean): Promise<void> => {
    setBusy(dryRun ? 'dry' : 'real')
    try {
      const found = await evaluate(dryRun)
      if (dryRun) onTried(found)
      else {
        await renew()
        toast('Bewertet', found.critical ? 'bad' : 'ok', `${found.rules.length} Regeln, Stand ${formatTime(found.at)}`)
      }
    } catch (error) {
      toastFault(error)
    } finally {
      setBusy(null)
    }
  }
  return { busy, start }
}

function Row({ alert, admin, onTicket, onFigure }: { alert: AlertRule; admin: boolean; onTicket: (ticketId: string) => void; onFigure: () => void }) {
  const word = ruleState(alert.state)
  const told = alert.explanation
  return (
    <li className="grid gap-2 px-4 py-3.5">
      <div className="flex flex-wrap items-center gap-2">
        <Badge shade={word.shade}>{word.label}</Badge>
        <Button look="link" className="text-sm font-medium" onClick={onFigure}>
          {told.title}
        </Button>
        <span className="text-xs text-muted">{told.text}</span>
        <span className="ml-auto flex items-center gap-1.5">
          {alert.ticket_id ? (
            <Button size="sm" onClick={() => onTicket(alert.ticket_id ?? '')}>
              <TicketSign aria-hidden /> Nr. {alert.ticket}
            </Button>
          ) : null}
          {admin ? <Silence alert={alert} /> : alert.silent_until ? <Tag>stumm bis {formatTime(alert.silent_until)}</Tag> : null}
        </span>
      </div>
      <p className="num text-sm">{told.sentence}</p>
      {alert.state === 'no_data' ? null : <Margin alert={alert} />}
      <p className="num text-xs text-muted">
        {told.threshold_text} · {alert.opened_at ? `Alarm seit ${formatTime(alert.opened_at)} · ` : ''}bewertet {formatTime(alert.evaluated_at)}
      </p>
    </li>
  )
}

/** How far the value is from warning and critical; the sentence above says the same in words. */
function Margin({ alert }: { alert: AlertRule }) {
  const margin = marginOf(alert.explanation)
  if (!margin) return null
  const bad = alert.state === 'critical' || alert.state === 'warn'
  return (
    <div aria-hidden className="relative h-1.5 max-w-md rounded-full bg-sunken">
      <div className={cn('h-full rounded-full', bad ? 'bg-bad' : 'bg-brand')} style={{ width: `${Math.max(margin.at, 0.01) * 100}%` }} />
      <div className="absolute -inset-y-0.5 w-0.5 bg-warn" style={{ left: `${margin.warn * 100}%` }} />
    </div>
  )
}

const HOURS = [
  { hours: 1, label: 'Eine Stunde' },
  { hours: 24, label: 'Einen Tag' },
  { hours: 168, label: 'Eine Woche' },
]

function Silence({ alert }: { alert: AlertRule }) {
  const renew = useRenewAlerts()
  const quiet = async (hours: number): Promise<void> => {
    try {
      await silence(alert.rule, hours)
      await renew()
      toast(hours > 0 ? 'Stumm geschaltet' : 'Wird wieder gemeldet', 'ok', alert.explanation.title)
    } catch (error) {
      toastFault(error)
    }
  }
  return (
    <Menu
      trigger={
        <Button size="sm" look="ghost" aria-label={`Stumm schalten: ${alert.explanation.title}`}>
          <BellOff aria-hidden /> {alert.silent_until ? `bis ${formatTime(alert.silent_until)}` : 'Stumm'}
        </Button>
      }
    >
      {HOURS.map(({ hours, label }) => (
        <MenuItem key={hours} onSelect={() => void quiet(hours)}>
          {label}
        </MenuItem>
      ))}
      {alert.silent_until ? <MenuItem onSelect={() => void quiet(0)}>Wieder melden</MenuItem> : null}
    </Menu>
  )
}
