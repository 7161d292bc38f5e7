// Everything is reached and used without a mouse, and the focus can always be seen.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { signedIn, startBrowser } from './nova.mjs'

const focused = (page) =>
  page.evaluate(() => {
    const node = document.activeElement
    return { name: node?.getAttribute('aria-label') ?? node?.textContent?.trim() ?? '', tag: node?.tagName ?? '', citation: node?.getAttribute('data-citation') ?? '' }
  })

/** Whether something is drawn around what has the focus. */
const visible = (page) =>
  page.evaluate(() => {
    const node = document.activeElement
    if (!node || node === document.body) return true
    const frame = node.closest('form')
    const drawn = (element) => {
      const style = getComputedStyle(element)
      return (style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) > 0) || style.boxShadow !== 'none'
    }
    return drawn(node) || (frame !== null && drawn(frame))
  })

export async function tabTo(page, wanted, most = 60) {
  for (let step = 0; step < most; step += 1) {
    await page.keyboard.press('Tab')
    const now = await focused(page)
    assert.ok(await visible(page), `focus not visible on ${now.tag} "${now.name}"`)
    if (wanted(now)) return now
  }
  throw new Error(`not reached in ${most} steps of the Tab key`)
}

export function keyboardTests(house) {
  test('asking, reading and judging by keyboard alone', async () => {
    const browser = await startBrowser()
    try {
      const page = await signedIn(browser, house.nova)
      await page.goto('/fragen')
      await page.getByLabel('Ihre Frage').waitFor()
      await page.keyboard.press('/')
      await page.keyboard.type('Was ist ein Schnellladepunkt?')
      await page.keyboard.press('Enter')
      await page.locator('[data-citation]').first().waitFor()
      await page.getByText('War das hilfreich?').waitFor()
      await page.keyboard.press('Shift+Tab')
      await page.locator('#inhalt').focus()
      await tabTo(page, (now) => now.citation === '1')
      await page.getByTestId('citation-card').waitFor()
      await page.keyboard.press('Enter')
      await page.getByRole('dialog').getByRole('link', { name: 'Originaldatei' }).waitFor()
      assert.ok(await page.evaluate(() => document.activeElement?.closest('[role=dialog]') !== null), 'the drawer took the focus')
      await page.keyboard.press('Escape')
      await page.getByRole('dialog').waitFor({ state: 'detached' })
      assert.equal((await focused(page)).citation, '1', 'the focus came back to the citation')
      await tabTo(page, (now) => now.name === 'Hilfreich')
      await page.keyboard.press('Enter')
      await page.getByRole('status').getByText(/Notiert|gespeichert/).waitFor()
    } finally {
      await browser.close()
    }
  })

  test('an answer is handed over, and taken by who serves, by keyboard alone', async () => {
    const browser = await startBrowser()
    try {
      const page = await signedIn(browser, house.nova, { key: house.staff })
      await page.goto('/fragen?frage=Was+ist+ein+Schnellladepunkt%3F')
      await page.getByText('War das hilfreich?').waitFor()
      await page.locator('#inhalt').focus()
      await tabTo(page, (now) => now.name === 'Übergeben')
      await page.keyboard.press('Enter')
      const dialog = page.getByRole('dialog', { name: 'An einen Menschen übergeben' })
      await dialog.waitFor()
      await tabTo(page, (now) => now.tag === 'TEXTAREA')
      await page.keyboard.type('Bitte melden Sie sich.')
      await tabTo(page, (now) => now.tag === 'INPUT')
      await page.keyboard.press('Space')
      await tabTo(page, (now) => now.name === 'Übergeben')
      await page.keyboard.press('Enter')
      await dialog.waitFor({ state: 'detached' })
      assert.equal((await focused(page)).name, 'Übergeben', 'the focus came back')
      await tabTo(page, (now) => now.name === 'Übergaben')
      await page.keyboard.press('Enter')
      await page.waitForURL('**/uebergaben**')
      await page.getByRole('list', { name: 'Von Ihnen übergeben' }).waitFor()
      await tabTo(page, (now) => now.tag === 'BUTTON' && now.name.includes('an den Kundenservice'))
      await page.keyboard.press('Enter')
      const drawer = page.getByRole('dialog', { name: /Bitte melden Sie sich\.|Ohne gespeicherten Wortlaut/ }) // the note, until it is taken back with it
      await drawer.getByText('Bitte melden Sie sich.').last().waitFor()
      await tabTo(page, (now) => now.name === 'Zurücknehmen')
      await page.keyboard.press('Enter')
      await page.getByRole('dialog', { name: 'Übergabe zurücknehmen?' }).waitFor() // its button has the same name
      await page.waitForFunction(() => document.activeElement?.closest('[role=dialog],[role=alertdialog]')?.textContent?.includes('Übergabe zurücknehmen?'))
      await tabTo(page, (now) => now.name === 'Zurücknehmen')
      await page.keyboard.press('Enter')
      await drawer.getByText('zurückgenommen', { exact: true }).waitFor()
      await page.keyboard.press('Escape')
      await drawer.waitFor({ state: 'detached' })
    } finally {
      await browser.close()
    }
  })

  test('the palette and the help open by key and lead on', async () => {
    const browser = await startBrowser()
    try {
      const page = await signedIn(browser, house.nova)
      await page.keyboard.press('Control+k')
      await page.getByRole('combobox').waitFor()
      await page.keyboard.type('Betr')
      await page.keyboard.press('Enter')
      await page.waitForURL('**/admin/betrieb')
      await page.getByRole('heading', { name: 'Betrieb', level: 1 }).waitFor()
      await page.keyboard.press('?')
      await page.getByRole('dialog').getByText('Tasten').waitFor()
      await page.keyboard.press('Escape')
      await page.getByRole('dialog').waitFor({ state: 'detached' })
      await page.keyboard.press('Control+k')
      await page.getByRole('combobox').waitFor()
      await page.keyboard.type('Ladepunkt')
      await page.getByRole('option', { name: /Ladepunkt/ }).first().waitFor()
    } finally {
      await browser.close()
    }
  })

  test('the corpus is sorted, chosen from and left by keyboard alone', async () => {
    const browser = await startBrowser()
    try {
      const page = await signedIn(browser, house.nova)
      await page.goto('/admin/korpus')
      await page.getByRole('table').waitFor()
      await tabTo(page, (now) => now.name === 'Titel' && now.tag === 'BUTTON')
      await page.keyboard.press('Enter')
      await page.waitForURL(/sort=title/)
      await tabTo(page, (now) => now.name.endsWith('auswählen') && !now.name.startsWith('Alle'))
      await page.keyboard.press('Space')
      await page.getByRole('region', { name: 'Auswahl' }).waitFor()
      await tabTo(page, (now) => now.tag === 'BUTTON' && now.name.length > 3)
      await page.keyboard.press('Enter')
      await page.getByRole('dialog').getByRole('tab', { name: 'Angaben' }).waitFor()
      await tabTo(page, (now) => now.name === 'Angaben')
      await page.keyboard.press('ArrowRight')
      await page.getByText(/^Fassung 1/).first().waitFor()
      await page.keyboard.press('Escape')
      await page.getByRole('dialog').waitFor({ state: 'detached' })
    } finally {
      await browser.close()
    }
  })
}
