/** What stands in the address when the page opens and must not stay there: a link's secret, or what the company's sign-in says. */

export const INVITATION = '/einladung'

export interface Arrival {
  /** Behind the `#` of an invitation. */
  secret: string
  /** Why the company's sign-in let nobody in. */
  fault: string
  /** A sign-in that wants a code yet. */
  step: string
  /** Where to go then. */
  to: string
}

/** A path of our own, whatever was asked for. */
function ownPath(address: string): string {
  return /^\/(?![/\\])[^\\]*$/.test(address) ? address : '/'
}

/** Reads the address, and what it is to be from now on (null: as it is). */
export function readArrival(url: URL): { arrival: Arrival; left: string | null } {
  const invited = url.pathname === INVITATION && url.hash.length > 1
  const told = ['fehler', 'schritt', 'zu'].some((name) => url.searchParams.has(name))
  const arrival: Arrival = {
    secret: invited ? url.hash.slice(1) : '',
    fault: (url.searchParams.get('fehler') ?? '').slice(0, 500),
    step: url.searchParams.get('schritt') ?? '',
    to: ownPath(url.searchParams.get('zu') ?? '/'),
  }
  for (const name of ['fehler', 'schritt', 'zu']) url.searchParams.delete(name)
  return { arrival, left: invited || told ? url.pathname + url.search : null }
}

/** Takes it out of the address. */
export function takeArrival(): Arrival {
  const { arrival, left } = readArrival(new URL(window.location.href))
  if (left !== null) window.history.replaceState(window.history.state, '', left)
  return arrival
}

/** As the page was opened, before anything else looked at the address. */
export const ARRIVAL = takeArrival()
