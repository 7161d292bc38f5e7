/** The state of the page as it stands in the address. */

import type { MeterKind } from '@/api/types'

export const VIEWS = ['zaehler', 'lieferungen'] as const
export type View = (typeof VIEWS)[number]

export const ORDERS = ['luecken', 'name', 'alter'] as const
export type Order = (typeof ORDERS)[number]

export const METER_KINDS: MeterKind[] = ['household', 'business', 'pv', 'battery', 'ev', 'heat_pump', 'grid', 'other']

export interface DataSearch {
  ansicht?: View
  suche?: string
  art?: MeterKind
  simuliert?: 'ja' | 'nein'
  /** Whether somebody has the meter now. */
  zugeordnet?: 'ja' | 'nein'
  ordnung?: Order
  seite?: number
  /** The meter whose drawer is open. */
  zaehler?: string
  /** Only deliveries of this source; "alle" for those of every source. */
  quelle?: string
  /** The page of the deliveries. */
  blatt?: number
  /** The delivery whose report is open. */
  lieferung?: number
}

/** What to change of the address; undefined takes it out. */
export type DataChange = Partial<{ [key in keyof DataSearch]: DataSearch[key] | undefined }>

const text = (value: unknown): string | undefined => (typeof value === 'string' && value.trim() ? value : typeof value === 'number' ? String(value) : undefined)

function whole(value: unknown, least: number): number | undefined {
  const number = typeof value === 'number' || typeof value === 'string' ? Number(value) : Number.NaN
  return Number.isSafeInteger(number) && number >= least ? number : undefined
}

const METER = /^[A-Za-z0-9][A-Za-z0-9._:-]{0,63}$/
const SOURCE = /^[a-z_-]{1,40}$/

/** What an address may say; anything else is left out. */
export function readDataSearch(raw: Record<string, unknown>): DataSearch {
  const [meter, source] = [text(raw.zaehler), text(raw.quelle)]
  const search: DataChange = {
    ansicht: raw.ansicht === 'lieferungen' ? 'lieferungen' : undefined,
    suche: text(raw.suche)?.slice(0, 100),
    art: METER_KINDS.find((kind) => kind === raw.art),
    simuliert: raw.simuliert === 'ja' || raw.simuliert === 'nein' ? raw.simuliert : undefined,
    zugeordnet: raw.zugeordnet === 'ja' || raw.zugeordnet === 'nein' ? raw.zugeordnet : undefined,
    ordnung: ORDERS.find((order) => order === raw.ordnung && order !== 'luecken'),
    seite: whole(raw.seite, 2),
    zaehler: meter && METER.test(meter) ? meter : undefined,
    quelle: source && SOURCE.test(source) ? source : undefined,
    blatt: whole(raw.blatt, 2),
    lieferung: whole(raw.lieferung, 1),
  }
  return Object.fromEntries(Object.entries(search).filter(([, value]) => value !== undefined)) as DataSearch
}

export function isFiltered(search: DataSearch): boolean {
  return Boolean(search.suche || search.art || search.simuliert || search.zugeordnet)
}
