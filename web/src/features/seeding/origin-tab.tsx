import { useState, type FormEvent, type ReactNode } from 'react'
import type { DatasetVersion, Origin } from '@/api/types'
import { formatTime } from '@/lib/format'
import { ApiError } from '@/lib/http'
import { Button } from '@/ui/button'
import { CopyButton } from '@/ui/copy'
import { FactList } from '@/ui/facts'
import { Field, Input, Select } from '@/ui/field'
import { Section } from '@/ui/page'
import { Empty, FaultLine, SkeletonRows } from '@/ui/states'
import { useOrigins, useUses, useVersions } from './api'
import type { OnSearch, SeedingSearch } from './search'
import { licenceName, shortVersion, versionState } from './words'

interface Props {
  dataset: string
  search: SeedingSearch
  onSearch: OnSearch
}

/** From a row to its source, and from a source's record to every version it went to. */
export function OriginTab({ dataset, search, onSearch }: Props) {
  const versions = useVersions(dataset).data?.versions ?? []
  return (
    <div className="grid items-start gap-6 lg:grid-cols-2">
      <Section title="Woher kommt ein Datensatz?">
        <Backwards key={`${search.satz ?? ''} ${search.fassung ?? ''} ${versions.length}`} dataset={dataset} versions={versions} search={search} onSearch={onSearch} />
      </Section>
      <Section title="Wohin ging ein Datensatz der Quelle?">
        <Forwards key={`${search.quelle ?? ''} ${search.schluessel ?? ''}`} search={search} onSearch={onSearch} />
      </Section>
    </div>
  )
}

function Backwards({ dataset, versions, search, onSearch }: Props & { versions: DatasetVersion[] }) {
  const start = versions.find(({ version }) => search.fassung && version.startsWith(search.fassung)) ?? versions.find(({ state }) => state === 'live') ?? versions[0]
  const [row, setRow] = useState(search.satz ?? '')
  const [version, setVersion] = useState(start?.version ?? '')
  const found = useOrigins(dataset, start?.version, search.satz)
  return (
    <div className="grid min-w-0 gap-4">
      <Form ready={row.trim() !== '' && version !== ''} onAsk={() => onSearch({ satz: row.trim(), fassung: shortVersion(version) })}>
        <Field label="Kennung des Datensatzes" hint="Die Spalte „id“ der Fassung.">
          {(ids) => <Input {...ids} autoComplete="off" maxLength={300} value={row} onChange={(event) => setRow(event.target.value)} />}
        </Field>
        <Field label="Fassung">
          {(ids) => (
            <Select {...ids} className="w-full" value={version} onChange={(event) => setVersion(event.target.value)}>
              {versions.length === 0 ? <option value="">noch keine</option> : null}
              {versions.map((one) => (
                <option key={one.version} value={one.version}>
                  {shortVersion(one.version)}, {formatTime(one.created_at)}, {versionState(one.state).label}
                </option>
              ))}
            </Select>
          )}
        </Field>
      </Form>
      {found.data ? (
        <ul aria-label="Herkunft" className="card divide-y divide-line">
          {found.data.origins.map((origin) => (
            <li key={`${origin.batch_id} ${origin.source_key}`} className="grid gap-2 px-4 py-3">
              <OriginFacts origin={origin} />
              <div className="flex flex-wrap items-center gap-2">
                <Button size="sm" onClick={() => onSearch({ quelle: origin.source, schluessel: origin.source_key })} aria-label={`Wohin ging er noch: ${origin.source_key}`}>
                  Wohin ging er noch?
                </Button>
                <CopyButton compact label={`Prüfsumme (SHA-256) der Lieferung von ${origin.source_key} kopieren`} text={() => origin.sha256} />
              </div>
            </li>
          ))}
        </ul>
      ) : (
        <Outcome found={found} asked={search.satz !== undefined && start !== undefined} />
      )}
    </div>
  )
}

function OriginFacts({ origin }: { origin: Origin }) {
  return (
    <FactList
      rows={[
        ['Quelle', origin.source],
        ['Schlüssel', origin.source_key],
        ['Abgeholt', formatTime(origin.fetched_at)],
        ['Lizenz', licenceName(origin.licence)],
        ['Lieferung', origin.batch_id],
        ['Prüfsumme', `${origin.sha256.slice(0, 16)} …`],
      ]}
    />
  )
}

function Forwards({ search, onSearch }: Omit<Props, 'dataset'>) {
  const [source, setSource] = useState(search.quelle ?? '')
  const [key, setKey] = useState(search.schluessel ?? '')
  const found = useUses(search.quelle, search.schluessel)
  return (
    <div className="grid min-w-0 gap-4">
      <Form ready={source.trim() !== '' && key.trim() !== ''} onAsk={() => onSearch({ quelle: source.trim(), schluessel: key.trim() })}>
        <Field label="Quelle" hint="Wie die Herkunft sie nennt.">
          {(ids) => <Input {...ids} autoComplete="off" maxLength={300} value={source} onChange={(event) => setSource(event.target.value)} />}
        </Field>
        <Field label="Schlüssel in der Quelle">{(ids) => <Input {...ids} autoComplete="off" maxLength={300} value={key} onChange={(event) => setKey(event.target.value)} />}</Field>
      </Form>
      {found.data ? (
        found.data.uses.length === 0 ? (
          <Empty className="card py-8" title="Nirgends">Keine Fassung enthält diesen Datensatz.</Empty>
        ) : (
          <ul aria-label="Verwendungen" className="card divide-y divide-line">
            {found.data.uses.map((use) => (
              <li key={`${use.version} ${use.row_id} ${use.engine ?? ''}`} className="px-4 py-3">
                <FactList
                  rows={[
                    ['Datensatz', use.row_id],
                    ['Bestand', use.dataset],
                    ['Fassung', shortVersion(use.version)],
                    ['Übergeben', use.engine ? `${use.engine}, ${formatTime(use.delivered_at)}` : 'noch an niemanden'],
                  ]}
                />
              </li>
            ))}
          </ul>
        )
      ) : (
        <Outcome found={found} asked={search.quelle !== undefined && search.schluessel !== undefined} />
      )}
    </div>
  )
}

function Form({ ready, onAsk, children }: { ready: boolean; onAsk: () => void; children: ReactNode }) {
  const ask = (event: FormEvent): void => {
    event.preventDefault()
    if (ready) onAsk()
  }
  return (
    <form className="card grid gap-3 p-4" onSubmit={ask}>
      {children}
      <Button type="submit" className="w-fit" disabled={!ready}>
        Nachsehen
      </Button>
    </form>
  )
}

/** What stands where an answer is not there (yet). */
function Outcome({ found, asked }: { found: { isError: boolean; error: unknown }; asked: boolean }) {
  if (!asked) return null
  if (!found.isError) return <SkeletonRows rows={2} />
  if (found.error instanceof ApiError && found.error.status === 404) return <Empty className="card py-8" title="Nicht gefunden">{found.error.message}</Empty>
  return <FaultLine error={found.error} />
}
