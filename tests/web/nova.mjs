// Gives a running Nova with a throw-away data folder (or the one that NOVA_URL and NOVA_ADMIN_KEY name) and a browser to look at it.
import { spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const require = createRequire(new URL('../../web/package.json', import.meta.url))
const { chromium } = require('playwright-core')

export const ROOT = fileURLToPath(new URL('../..', import.meta.url))
const START_MS = 180_000

function freePort() {
  return new Promise((resolve, reject) => {
    const server = createServer()
    server.once('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address()
      server.close(() => resolve(port))
    })
  })
}

async function answers(url) {
  try {
    return (await fetch(url)).ok
  } catch {
    return false
  }
}

/** Whether the samples are in: the first answers would otherwise have nothing to stand on. */
async function ready(url, key) {
  if (!(await answers(`${url}/healthz`))) return false
  const response = await fetch(`${url}/api/v1/admin/items?status=ready&limit=1`, { headers: { 'X-Admin-Key': key } })
  return response.ok && (await response.json()).data.total >= 7
}

/** Lets the simulator make three meters, eight days back, and waits until they are there. */
async function simulated(url, key) {
  const headers = { 'X-Admin-Key': key, 'Content-Type': 'application/json' }
  await fetch(`${url}/api/v1/sim/run`, { method: 'POST', headers, body: JSON.stringify({ action: 'start', meters: 3, days: 8 }) })
  const until = Date.now() + START_MS
  while (Date.now() < until) {
    const { data } = await (await fetch(`${url}/api/v1/sim`, { headers })).json()
    if (data.until && data.until > Date.now() / 1000 - 180) return
    await new Promise((resolve) => setTimeout(resolve, 250))
  }
  throw new Error('The simulator did not catch up.')
}

export async function startNova() {
  if (process.env.NOVA_URL) return { url: process.env.NOVA_URL, key: process.env.NOVA_ADMIN_KEY ?? '', stop: async () => undefined }
  const data = await mkdtemp(join(tmpdir(), 'nova-web-'))
  const key = `nova_adm_${randomBytes(24).toString('hex')}`
  const port = await freePort()
  const env = { ...process.env, NOVA_DATA: data, ADMIN_API_KEY: key, NOVA_RATE_LIMITS: 'off' }
  const python = process.env.PYTHON ?? join(ROOT, '.venv', 'bin', 'python')
  const child = spawn(python, ['-m', 'nova', 'up', '--port', String(port)], { env, cwd: data, stdio: ['ignore', 'pipe', 'pipe'] })
  let log = ''
  const note = (piece) => (log = (log + piece).slice(-8000))
  child.stdout.on('data', note)
  child.stderr.on('data', note)
  const ended = new Promise((resolve) => child.once('exit', resolve))
  const stop = async () => {
    child.kill('SIGTERM')
    await ended
    await rm(data, { recursive: true, force: true })
  }
  const url = `http://127.0.0.1:${port}`
  const until = Date.now() + START_MS
  while (!(await ready(url, key))) {
    if (child.exitCode !== null || Date.now() > until) {
      await stop()
      throw new Error(`Nova did not start:\n${log}`)
    }
    await new Promise((resolve) => setTimeout(resolve, 250))
  }
  await simulated(url, key)
  return { url, key, stop }
}

const FLAGS = ['--no-sandbox', '--disable-gpu', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync']

export function startBrowser() {
  return chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: FLAGS })
}

export const WIDE = { width: 1280, height: 800 }
export const PHONE = { width: 390, height: 844 }

/** What a page must not do: throw, be refused by the content policy, or get a server error. */
export function watch(page) {
  const faults = []
  page.on('pageerror', (error) => faults.push(`error: ${error.message}`))
  page.on('console', (message) => {
    if (/Content.Security.Policy/i.test(message.text())) faults.push(`policy: ${message.text()}`)
  })
  page.on('response', (response) => {
    if (response.status() >= 500) faults.push(`${response.status()} ${response.url()}`)
  })
  return faults
}

/** A signed-in page; the session's cookie comes from the sign-in form itself. */
export async function signedIn(browser, nova, { key = nova.key, size = WIDE, theme = 'light' } = {}) {
  const context = await browser.newContext({ viewport: size, colorScheme: theme, locale: 'de-DE', timezoneId: 'Europe/Berlin', baseURL: nova.url, reducedMotion: 'reduce' })
  const page = await context.newPage()
  page.setDefaultTimeout(20_000)
  await page.goto('/')
  await enterByKey(page, key)
  await page.locator('#inhalt h1').first().waitFor()
  return page
}

/** Fills the form for keys and tokens, which is folded away unless nothing is here yet. */
export async function enterByKey(page, key) {
  const box = page.getByLabel('Betriebsschlüssel oder Token')
  await page.locator('summary').waitFor()
  if (!(await box.isVisible())) await page.locator('summary').click()
  await box.fill(key)
  await page.getByRole('button', { name: 'Mit Schlüssel anmelden' }).click()
}
