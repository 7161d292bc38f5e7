// Documents that point at a server which must never be asked for anything: every page that shows them, and not one request leaves Nova.
import assert from 'node:assert/strict'
import { createServer } from 'node:http'
import { describe, test } from 'node:test'
import { documents, tricks } from './hostile.mjs'
import { signedIn, startBrowser, watch } from './nova.mjs'

const SCRIPTS_ALLOWED = "script-src 'self'"

/** Every request, and every mere connection, is one too many; `hits` names them. */
async function startCanary() {
  const hits = []
  const server = createServer((request, response) => {
    hits.push(`${request.method} ${request.url}`)
    response.writeHead(200, { 'Content-Type': 'text/javascript', 'Access-Control-Allow-Origin': '*' })
    response.end('window.__canary = true')
  })
  server.on('connection', () => hits.push('connection'))
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve))
  const stop = () => (server.closeAllConnections(), new Promise((resolve) => server.close(resolve)))
  return { url: `http://127.0.0.1:${server.address().port}`, hits, stop }
}

async function call(nova, method, path, body) {
  const json = body !== undefined && !(body instanceof FormData)
  const headers = { 'X-Admin-Key': nova.key, ...(json ? { 'Content-Type': 'application/json' } : {}) }
  return fetch(`${nova.url}${path}`, { method, headers, body: json ? JSON.stringify(body) : body })
}

/** The stored document, or nothing when its kind is refused. */
async function takenIn(nova, { name, body, tags = [], title, refused = false }) {
  const form = new FormData()
  form.set('file', new Blob([body]), name)
  for (const tag of tags) form.append('tags', tag)
  form.set('wait', '60')
  const response = await call(nova, 'POST', '/api/v1/ingest/doc', form)
  const answer = await response.json()
  if (refused) {
    assert.equal(response.status, 400, `${name}: ${answer.message}`)
    assert.equal(answer.data.code, 'unsupported_file')
    return null
  }
  assert.equal(response.status, 201, `${name}: ${answer.message}`)
  if (title) assert.equal((await call(nova, 'PATCH', `/api/v1/admin/items/${answer.data.item_id}`, { title })).status, 200)
  return answer.data.item_id
}

/** What a page did that only a rendered document could have made it do. */
function guard(page, own, canary) {
  const bad = watch(page)
  const strange = (url) => /^https?:|^wss?:/.test(url) && new URL(url).origin !== own
  page.context().on('request', (request) => strange(request.url()) && bad.push(`asked ${request.url()}`))
  page.context().on('page', (other) => bad.push(`opened ${other.url()}`))
  page.on('framenavigated', (frame) => strange(frame.url()) && bad.push(`went to ${frame.url()}`))
  page.on('dialog', (dialog) => {
    bad.push(`dialog ${dialog.message()}`)
    void dialog.dismiss()
  })
  const check = async (where) => {
    const ran = await page.evaluate(() => window.__canary !== undefined)
    const built = await page.evaluate(suspicious)
    if (ran) bad.push('code of a document ran')
    bad.push(...built.map((what) => `built ${what}`), ...canary.hits)
    assert.deepEqual(bad, [], where)
  }
  return check
}

/** Elements and attributes in the page that lead away or run something; runs in the browser. */
function suspicious() {
  const found = []
  const leads = new Set(['href', 'src', 'srcset', 'action', 'formaction', 'data', 'poster', 'ping', 'xlink:href', 'background'])
  for (const node of document.querySelectorAll('*')) {
    if (['IFRAME', 'OBJECT', 'EMBED', 'BASE', 'VIDEO', 'AUDIO'].includes(node.tagName)) found.push(node.outerHTML.slice(0, 200))
    for (const { name, value } of node.attributes) {
      const away = leads.has(name) && value !== '' && !value.startsWith('#') && new URL(value, 'http://own.invalid').origin !== 'http://own.invalid' && new URL(value, location.href).origin !== location.origin
      if (name.startsWith('on') || (away && !/^(data:image|blob:)/.test(value)) || (name === 'style' && /url\(/i.test(value))) found.push(`${node.tagName} ${name}=${value}`)
    }
  }
  return found
}

async function documentShown(page, check, item, home) {
  await page.goto(`${home}?dokument=${item.id}`)
  const drawer = page.getByRole('dialog')
  await drawer.getByRole('tab', { name: 'Angaben' }).waitFor()
  await drawer.getByText(item.id).first().waitFor()
  await check(`details of ${item.name}`)
  await drawer.getByRole('tab', { name: /^Fassungen/ }).click()
  await drawer.getByText(/^Fassung 1/).first().waitFor()
  await check(`versions of ${item.name}`)
  if (home !== '/admin/korpus') return
  await drawer.getByRole('tab', { name: 'Passagen' }).click()
  await drawer.getByText(/^#1/).first().waitFor()
  await drawer.getByText(/Kanarien/).first().waitFor()
  await check(`passages of ${item.name}`)
}

async function answerShown(page, check, item) {
  await page.goto('/fragen')
  await page.getByLabel('Ihre Frage').fill(item.question)
  await page.keyboard.press('Enter')
  const turn = page.getByRole('article', { name: `Frage: ${item.question}` }).last()
  await turn.getByText('War das hilfreich?').waitFor()
  assert.match(await turn.innerText(), /4711/)
  await check(`answer from ${item.name}`)
  const chip = turn.getByRole('group', { name: 'Quellen' }).getByRole('button', { name: item.chip }).first()
  await chip.hover()
  await page.getByTestId('citation-card').getByText(/4711/).first().waitFor()
  await check(`card of ${item.name}`)
  await chip.click()
  const drawer = page.getByRole('dialog')
  await drawer.getByRole('link', { name: 'Originaldatei' }).waitFor()
  if (item.pages) await pageShown(drawer)
  await drawer.locator('mark').first().waitFor()
  await check(`source ${item.name}`)
}

async function pageShown(drawer) {
  const image = drawer.getByRole('img', { name: /^Seite \d+ der Originaldatei/ })
  await image.waitFor()
  await drawer.getByTestId('mark').first().waitFor()
  await image.click({ force: true, position: { x: 80, y: 120 } })
  await drawer.getByRole('radio', { name: 'Text' }).click()
}

async function listsShown(page, check) {
  await page.goto('/admin/korpus?suche=Kanarien')
  await page.getByText(/^\d+ Dokument/).first().waitFor()
  await check('corpus list')
  await page.goto('/admin/betrieb')
  await page.getByRole('region', { name: 'Aufträge' }).getByText(/canary|kanarie/i).first().waitFor()
  await check('jobs')
  await page.goto('/admin/lernen?teil=protokoll')
  await page.getByText(/durch /).first().waitFor()
  await check('audit')
  await page.goto('/fragen')
  await page.getByLabel('Ihre Frage').waitFor()
  await page.keyboard.press('Control+k')
  await page.keyboard.type('Amsel')
  await page.getByRole('option', { name: /Amsel/ }).first().waitFor()
  await check('palette')
  await page.keyboard.press('Escape')
  await page.getByRole('button', { name: 'Verlauf' }).click()
  const history = page.getByRole('dialog', { name: 'Verlauf' })
  await history.getByRole('button', { name: /^Wie viele .* Stieglitz/ }).first().click()
  await page.getByRole('article', { name: /Stieglitz/ }).locator('[data-citation]').first().waitFor()
  await check('history')
}

/** The raw file comes as bytes to keep, which no browser runs, also when its address is opened. */
async function rawFileKept(page, nova, check, item) {
  const path = `/api/v1/items/${item.id}/versions/1/file`
  for (const query of ['', '?inline=true']) {
    const { status, headers } = await call(nova, 'GET', path + query)
    assert.equal(status, 200)
    const shown = query !== '' && item.pages
    assert.match(headers.get('content-disposition'), shown ? /^inline;/ : /^attachment;/)
    assert.equal(headers.get('content-type'), item.pages ? 'application/pdf' : 'application/octet-stream')
    assert.match(headers.get('content-security-policy'), /^sandbox; default-src 'none'/)
    assert.equal(headers.get('x-content-type-options'), 'nosniff')
    await page.goto(path + query).catch((error) => assert.match(error.message, /Download is starting|ERR_ABORTED/))
    await page.goto('/fragen')
    await check(`file ${item.name}${query}`)
  }
}

async function policyIsStrict(nova) {
  const policy = (await fetch(nova.url)).headers.get('content-security-policy')
  const parts = policy.split(';').map((part) => part.trim())
  for (const wanted of ["default-src 'self'", SCRIPTS_ALLOWED, "object-src 'none'", "frame-src 'none'", "base-uri 'none'", "connect-src 'self'"]) assert.ok(parts.includes(wanted), wanted)
  assert.ok(parts.filter((part) => /^(default|script|connect|img)-src/.test(part)).every((part) => !/unsafe|\*|https?:/.test(part)), policy)
}

/** The same tricks in a page without Nova's care do reach the canary: otherwise all of this would show nothing. */
async function control(browser) {
  const canary = await startCanary()
  try {
    const page = await browser.newPage()
    await page.setContent(`<body>${tricks(canary.url).slice(0, 4).join('')}</body>`, { waitUntil: 'commit' })
    await page.waitForFunction(() => window.__canary !== undefined, undefined, { timeout: 20_000 })
    assert.notDeepEqual(await page.evaluate(suspicious), [])
    const pictured = () => canary.hits.some((hit) => hit.includes('.png'))
    for (let left = 200; left > 0 && !pictured(); left -= 1) await new Promise((resolve) => setTimeout(resolve, 50))
    assert.ok(pictured(), canary.hits.join())
  } finally {
    await canary.stop()
  }
}

async function everythingShown(browser, house, canary, items) {
  const { nova } = house
  const page = await signedIn(browser, nova)
  const check = guard(page, new URL(nova.url).origin, canary)
  for (const item of items) {
    await documentShown(page, check, item, '/admin/korpus')
    await answerShown(page, check, item)
    await rawFileKept(page, nova, check, item)
  }
  await listsShown(page, check)
  const customer = await signedIn(browser, nova, { key: house.token })
  const checkThere = guard(customer, new URL(nova.url).origin, canary)
  for (const item of items) await documentShown(customer, checkThere, item, '/dokumente')
}

export function canaryTests(house) {
  describe('documents that call out', { concurrency: false }, () => {
    test('the canary hears them where nobody takes care', async () => {
      const browser = await startBrowser()
      try {
        await control(browser)
      } finally {
        await browser.close()
      }
    })
    test('no request leaves any page that shows them, and nothing of them runs', async () => {
      const [browser, canary] = [await startBrowser(), await startCanary()]
      const items = []
      try {
        await policyIsStrict(house.nova)
        for (const item of documents(canary.url)) {
          const id = await takenIn(house.nova, item)
          if (id) items.push({ ...item, id })
        }
        await everythingShown(browser, house, canary, items)
        assert.deepEqual(canary.hits, [])
      } finally {
        for (const { id } of items) await call(house.nova, 'DELETE', `/api/v1/admin/items/${id}`)
        await browser.close()
        await canary.stop()
      }
    })
  })
}
