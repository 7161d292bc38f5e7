import type { Health, Service, ServiceStatus } from '@/api/types'
import { formatMs } from '@/lib/format'
import { serviceName, serviceState } from '@/lib/words'
import { cn } from '@/lib/cn'
import { StateBadge } from '@/ui/badge'

const ORDER: Record<ServiceStatus, number> = { failed: 0, degraded: 1, ok: 2, absent: 3 }

/** Broken ones first, then the limited, then the healthy, then what was never set up; checks of the machine stand among them. */
export function worstFirst(health: Pick<Health, 'services' | 'checks'>): [string, Service][] {
  const checks = health.checks.map(({ name, status, detail }): [string, Service] => [name, { status, detail, latency_ms: null, engine: null }])
  return [...Object.entries(health.services), ...checks].toSorted(([, a], [, b]) => ORDER[a.status] - ORDER[b.status])
}

const ENGINES: Record<string, string> = { embedded: 'eingebettet', server: 'Server' }

export function Services({ health }: { health: Health }) {
  return (
    <ul className="grid gap-3 sm:grid-cols-2 xl:grid-cols-3">
      {worstFirst(health).map(([name, service]) => (
        <li key={name} className={cn('card grid content-start gap-1.5 px-4 py-3', service.status === 'failed' && 'border-bad', service.status === 'degraded' && 'border-warn/60')}>
          <div className="flex items-center justify-between gap-2">
            <h3 className="text-sm font-semibold">{serviceName(name)}</h3>
            <StateBadge word={serviceState(service.status)} />
          </div>
          <p className="text-xs text-muted">{service.detail}</p>
          <p className="num text-2xs text-muted">
            {[service.engine ? (ENGINES[service.engine] ?? service.engine) : '', service.latency_ms === null ? '' : formatMs(service.latency_ms)].filter(Boolean).join(' · ')}
          </p>
        </li>
      ))}
    </ul>
  )
}
