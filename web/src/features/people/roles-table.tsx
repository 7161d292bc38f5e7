import { Check } from 'lucide-react'
import { Fault, Skeleton } from '@/ui/states'
import { useRoles } from './api'

/** Who may what, as the doors of the API are made from it. */
export function RolesTable() {
  const found = useRoles()
  if (!found.data) return found.isError ? <Fault error={found.error} onRetry={() => void found.refetch()} className="card" /> : <Skeleton className="h-96 rounded-card" />
  const roles = found.data.roles.filter(({ role }) => role !== 'service')
  const held = found.data.capabilities.filter(({ capability }) => roles.some(({ may }) => may.includes(capability)))
  return (
    <div className="grid gap-4">
      <dl className="grid gap-x-6 gap-y-2 text-sm sm:grid-cols-2 lg:grid-cols-3">
        {roles.map(({ role, title, who }) => (
          <div key={role}>
            <dt className="font-medium">{title}</dt>
            <dd className="text-muted">{who}</dd>
          </div>
        ))}
      </dl>
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls must be reachable by keyboard */}
      <div className="scroll-thin card relative overflow-x-auto" tabIndex={0} role="region" aria-label="Wer was darf">
        <table className="w-full text-sm">
          <thead className="text-left text-xs text-muted">
            <tr>
              <th scope="col" className="min-w-48 px-4 py-2.5 font-medium">
                Darf
              </th>
              {roles.map(({ role, title }) => (
                <th key={role} scope="col" className="px-3 py-2.5 text-center font-medium">
                  {title}
                </th>
              ))}
            </tr>
          </thead>
          <tbody className="divide-y divide-line">
            {held.map(({ capability, text }) => (
              <tr key={capability}>
                <th scope="row" className="px-4 py-2.5 text-left font-normal">
                  {text}
                </th>
                {roles.map(({ role, may }) => (
                  <td key={role} className="px-3 py-2.5 text-center">
                    {may.includes(capability) ? <Check className="mx-auto size-4 text-ok" aria-label="ja" /> : <span className="sr-only">nein</span>}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </div>
  )
}
