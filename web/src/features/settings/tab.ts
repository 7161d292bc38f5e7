/** The parts of the settings page as they stand in the address. */

const NAMES = ['darstellung', 'anmeldung', 'zugaenge', 'belegung', 'wortschatz', 'werte'] as const
export type TabName = (typeof NAMES)[number]

export function readTab(value: unknown): TabName | undefined {
  return NAMES.find((name) => name === value)
}
