/** Customers who may leave, as a file that German spreadsheets open. */

export interface Customer {
  customer_no: string
  chance: number
  tariff: string | null
  months_left: number | null
  price_change: number | null
  contacts_90d: number | null
}

const HEADS = ['Kundennummer', 'Wahrscheinlichkeit', 'Tarif', 'Restmonate', 'Preisänderung', 'Kontakte in 90 Tagen']

export function asCsv(customers: readonly Customer[]): string {
  const rows = customers.map((one) => [one.customer_no, one.chance, one.tariff, one.months_left, one.price_change, one.contacts_90d].map(cell).join(';'))
  return `\uFEFF${[HEADS.join(';'), ...rows].join('\r\n')}\r\n`
}

/** A cell that no spreadsheet takes for a formula. */
function cell(value: string | number | null): string {
  if (value === null) return ''
  if (typeof value === 'number') return String(value).replace('.', ',')
  const inert = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value
  return /[";\r\n]/.test(inert) ? `"${inert.replaceAll('"', '""')}"` : inert
}

export function save(name: string, text: string): void {
  const url = URL.createObjectURL(new Blob([text], { type: 'text/csv;charset=utf-8' }))
  const link = document.createElement('a')
  link.href = url
  link.download = name
  link.click()
  URL.revokeObjectURL(url)
}
