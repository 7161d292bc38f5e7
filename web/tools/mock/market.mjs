// Prices as the page "Markt" asks for them: two markets, quarter-hours up to the end of tomorrow, cheap at noon and below zero on Sundays.
import { http, HttpResponse } from 'msw'

const base = '*/api/v1'
const ok = (value) => HttpResponse.json({ status: 'ok', message: '', data: value, trace_id: 'mock' })
const DAY = 86_400
const clock = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Europe/Berlin', year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit', second: '2-digit' })
const local = (at) => Date.parse(`${clock.format(at * 1000).replace(' ', 'T')}Z`) / 1000
const nowSeconds = () => Math.floor(Date.now() / 1000)
/** Midnight in Berlin so many days later. */
function midnight(days) {
  const shown = Math.floor(local(nowSeconds()) / DAY) * DAY + days * DAY
  return local(shown - 7200) === shown ? shown - 7200 : shown - 3600
}

/** EUR/MWh: low at noon, dear in the evening. */
export function priceAt(at) {
  const hour = (local(at) % DAY) / 3600
  return Math.round((90 - 100 * Math.exp(-((hour - 13) ** 2) / 6) + 60 * Math.exp(-((hour - 19) ** 2) / 3)) * 100) / 100
}

const MARKETS = ['EPEX', 'EEX']
const KINDS = { DAY_AHEAD: 900, BASE: DAY, PEAK: DAY }

function products() {
  const rows = MARKETS.flatMap((market) =>
    Object.entries(KINDS).map(([product, seconds]) => ({ market, product, zone: 'DE-LU', seconds: [seconds], since: midnight(-400), until: midnight(2), derived: seconds === DAY })),
  )
  return ok({ products: rows })
}

function series(from, to, seconds) {
  const ts = []
  for (let at = Math.ceil(from / seconds) * seconds; at < Math.min(to, midnight(2)) && ts.length < 2000; at += seconds) ts.push(at)
  return { ts, mean: ts.map(priceAt) }
}

function prices({ request }) {
  const query = new URL(request.url).searchParams
  const [from, to] = [Date.parse(query.get('from')) / 1000, Date.parse(query.get('to')) / 1000]
  const product = query.get('product') ?? 'DAY_AHEAD'
  const own = KINDS[product] ?? 900
  const resolution = [own, 900, 3600, 21_600, DAY].find((one) => one >= own && (to - from) / one < 1999) ?? DAY
  const { ts, mean } = series(from, to, resolution)
  return ok({ market: query.get('market') ?? 'EPEX', product, zone: query.get('zone') ?? 'DE-LU', unit: 'EUR/MWh', resolution, columns: { ts, min: mean.map((value) => value - 5), mean, max: mean.map((value) => value + 5) }, quality: { measured: ts.length } })
}

/** What prices of a window say, of quarter-hours. */
function priceFigures({ request }) {
  const query = new URL(request.url).searchParams
  const [from, to] = [Date.parse(query.get('from')) / 1000, Date.parse(query.get('to')) / 1000]
  const hours = Number(query.get('hours') ?? 3)
  const now = nowSeconds()
  const ahead = from < now && now < to ? now - (now % 900) : from
  const end = Math.min(to, midnight(2))
  const means = (first, length, sign) => {
    let best = null
    for (let at = Math.ceil(first / 900) * 900; at + length <= end; at += 900) {
      let sum = 0
      for (let left = length, next = at; left > 0; left -= 900, next += 900) sum += priceAt(next) * Math.min(left, 900)
      if (best === null || sign * (sum / length) < sign * best.mean - 1e-9) best = { start: at, end: at + length, mean: sum / length, text: '', price: '' }
    }
    return best
  }
  const { mean } = series(from, Math.min(to, from + 400 * DAY), 900)
  const average = mean.length ? mean.reduce((sum, value) => sum + value, 0) / mean.length : null
  const [low, high] = [means(from, 3600, 1), means(from, 3600, -1)]
  const known = Math.max(0, (end - from) / 3600)
  return ok({
    market: query.get('market') ?? 'EPEX', zone: 'DE-LU', start: from, end: to, said: '', hours, now: priceAt(now), whole: end >= to, base: average, peak: average, cheapest: means(ahead, hours * 3600, 1), dearest: means(ahead, hours * 3600, -1),
    cheapest_hour: low, dearest_hour: high, spread: low && high ? high.mean - low.mean : null, negative_h: mean.filter((value) => value < 0).length / 4, known_h: known, texts: {},
  })
}

/** Of prices; what asks for a meter is answered elsewhere. */
function forecast({ request }) {
  const query = new URL(request.url).searchParams
  if (query.get('meter_id')) return undefined
  const { ts, mean } = series(midnight(1), midnight(2), 900)
  const none = ts.map(() => null)
  const columns = { ts, mean, median: mean, low: mean.map((value) => value - 25), high: mean.map((value) => value + 25), naive: none, seasonal: none, actual: none }
  const scores = { days: 28, mae: 14.2, naive: 25, seasonal: 22, rmae: 0.57, seasonal_rmae: 0.88, inside: 0.91, bias: 0.01 }
  return ok({ target: 'price/EPEX/DAY_AHEAD/DE-LU/900', kind: 'price', title: 'EPEX DE-LU', unit: 'EUR/MWh', market: 'EPEX', product: 'DAY_AHEAD', zone: 'DE-LU', meter_id: null, resolution: 900, columns, scores, issued_at: null, days: [], model: null, reason: '' })
}

export const marketHandlers = [http.get(`${base}/data/products`, products), http.get(`${base}/data/market`, prices), http.get(`${base}/data/prices`, priceFigures), http.get(`${base}/data/forecasts`, forecast)]
