/** What comes along when the page opens and must not stay there: a link's secret, or what the company's sign-in says. */

export const INVITATION = '/einladung'
const TOLD = 'nova_told'

export interface Arrival {
  /** Behind the `#` of an invitation. */
  secret: string
  /** A sign-in that wants a code yet, behind the `#`, too: no server's log holds it. */
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
  const step = new URLSearchParams(invited ? '' : url.hash.slice(1))
  const arrival: Arrival = {
    secret: invited ? url.hash.slice(1) : '',
    step: step.get('schritt') ?? '',
    to: ownPath(step.get('zu') ?? '/'),
  }
  return { arrival, left: invited || arrival.step ? url.pathname + url.search : null }
}

/** Takes it out of the address. */
export function takeArrival(): Arrival {
  const { arrival, left } = readArrival(new URL(window.location.href))
  if (left !== null) window.history.replaceState(window.history.state, '', left)
  return arrival
}

/** Why the company's sign-in let nobody in, told once: it comes as a cookie, for anybody can write an address. */
export function takeTold(): string {
  const found = document.cookie.split('; ').find((one) => one.startsWith(`${TOLD}=`))
  if (found === undefined) return ''
  document.cookie = `${TOLD}=; Max-Age=0; Path=/; SameSite=Strict`
  try {
    return decodeURIComponent(found.slice(TOLD.length + 1)).slice(0, 500)
  } catch {
    return ''
  }
}

/** As the page was opened, before anything else looked at the address. */
export const ARRIVAL = takeArrival()
export const REFUSED = takeTold()
