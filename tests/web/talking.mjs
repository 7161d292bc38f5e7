// While talking: the newest answer is in view, the input too, and consent takes no room that either needs.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { PHONE, signedIn, startBrowser, WIDE } from './nova.mjs'
import { tokenFor } from './people.mjs'

const QUESTIONS = ['Was ist ein Schnellladepunkt?', 'Mit welcher Frist kann ich die Grundversorgung kündigen?', 'Was ist ein Normalladepunkt?']

/** Where the newest answer and the input stand; the bar of pages of a phone covers the lowest part of the screen. */
const places = (page) =>
  page.evaluate(() => {
    const box = (node) => node.getBoundingClientRect()
    const bar = [...document.querySelectorAll('nav[aria-label="Bereiche"]')].map(box).find(({ width, height, top }) => width > 0 && height < 100 && top > 0)
    const head = [...document.querySelectorAll('header')].map(box).find(({ height }) => height > 0)
    return { answer: box([...document.querySelectorAll('#inhalt article')].at(-1)), input: box(document.querySelector('#inhalt form')), floor: bar?.top ?? innerHeight, roof: head?.bottom ?? 0 }
  })

async function talked(page) {
  for (const question of QUESTIONS) {
    await page.getByLabel('Ihre Frage').fill(question)
    await page.keyboard.press('Enter')
    await page.getByRole('article', { name: `Frage: ${question}` }).getByText('War das hilfreich?').waitFor()
    await page.waitForFunction(() => document.querySelectorAll('#inhalt article [role=status]').length === 0)
    const { answer, input, floor, roof } = await places(page)
    assert.ok(input.top >= roof && input.bottom <= floor, `the input is in view: ${input.top} to ${input.bottom} of ${floor}`)
    assert.ok(answer.top >= roof && answer.top < input.top - 80, `the newest answer is in view: from ${answer.top}, the input from ${input.top}`)
    assert.equal(await page.evaluate(() => document.activeElement?.tagName), 'TEXTAREA', 'one may type on')
  }
}

export function talkingTests(house) {
  for (const [name, size] of [['on a phone', PHONE], ['on a small phone', { width: 320, height: 640 }], ['on a desk', WIDE]]) {
    test(`${name} the newest answer and the input stay in view, whether or not one has consented`, async () => {
      const browser = await startBrowser()
      try {
        const page = await signedIn(browser, house.nova, { key: await tokenFor(house.nova, `gespraech-${size.width}`), size })
        await page.goto('/fragen')
        await page.getByRole('region', { name: 'Einwilligung' }).waitFor()
        await talked(page)
      } finally {
        await browser.close()
      }
    })
  }
}
