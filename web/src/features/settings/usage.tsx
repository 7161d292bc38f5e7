import { useState } from 'react'
import { plural } from '@/lib/format'
import { Pager } from '@/ui/pager'
import { Empty, Fault, OldNews, SkeletonRows } from '@/ui/states'
import { UsageBar } from '@/ui/usage'
import { PEOPLE_A_PAGE, usePeoplesUsage } from './api'
import { ROLES } from './roles'

/** What people keep here, those with the most first. */
export function Usage() {
  const [page, setPage] = useState(0)
  const found = usePeoplesUsage(page)
  return (
    <div className="grid gap-4">
      <p className="max-w-prose text-sm text-muted">
        Was Personen belegen und belegen dürfen. Die Grenzen gelten für alle gleich und stehen unter „Wirksame Werte“ (NOVA_QUOTA_…, NOVA_BUDGET). Ist etwas voll, sagt Nova der Person, was Platz schafft.
      </p>
      <OldNews found={found} />
      <div className="card overflow-hidden">
        {found.isPending ? <SkeletonRows rows={3} /> : null}
        {found.isError && !found.data ? <Fault error={found.error} onRetry={() => void found.refetch()} /> : null}
        {found.data?.people.length === 0 ? <Empty title="Niemand belegt etwas">Hier stehen Personen mit eigenen Dokumenten, Zählern oder Lieferungen.</Empty> : null}
        <ul className="divide-y divide-line">
          {found.data?.people.map((one) => (
            <li key={one.user_id} className="grid gap-2 px-4 py-3">
              <p className="text-sm font-medium">
                {one.user} <span className="font-normal text-muted">· {ROLES[one.role].label}</span>
              </p>
              <div className="grid gap-x-6 gap-y-2 sm:grid-cols-3 lg:grid-cols-5">
                {one.quotas.map((quota) => (
                  <UsageBar key={quota.quota} quota={quota} whose={one.user} />
                ))}
              </div>
            </li>
          ))}
        </ul>
      </div>
      {found.data && found.data.total > PEOPLE_A_PAGE ? (
        <Pager at={page} pages={Math.ceil(found.data.total / PEOPLE_A_PAGE)} onPage={setPage} back="Vorige Personen" on="Weitere Personen">
          {plural(found.data.total, 'Person', 'Personen')}
        </Pager>
      ) : null}
    </div>
  )
}
