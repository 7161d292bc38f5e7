/** The Übersicht keeps nothing in its address: which meter is one's own stays in the browser. */

export type OverviewSearch = Record<string, never>

export function readOverviewSearch(): OverviewSearch {
  return {}
}
