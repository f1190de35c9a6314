// Takes pictures of the pages of an unpacked book. Takes one argument, a JSON object (see ../look.py).
import { join } from 'node:path'
import process from 'node:process'
import { pathToFileURL } from 'node:url'
import { SCREENS, launch, newPage } from './browser.mjs'

const { modules, root, pages, folder, height, screens, schemes } = JSON.parse(process.argv[2])
const screenshots = []
const browser = await launch(modules)
try {
  for (const screen of screens) for (const scheme of schemes) {
    // A mobile browser takes a page without <meta name="viewport"> for one made for desks.
    const page = await newPage(browser, screen, scheme, false)
    for (const name of pages) {
      const [file, fragment] = name.split('#')
      await page.goto(pathToFileURL(join(root, file)).href, { waitUntil: 'load' })
      // What every reader adds: a page that follows the day and the night, a margin, and (here) a measure.
      await page.addStyleTag({ content: `
        html { color-scheme: light dark; }
        body { max-width: 36rem; margin-inline: auto !important; padding: 24px; }
      ` }).catch(() => null)
      const { top, whole } = await page.evaluate(id => ({
        top: Math.max(0, (document.getElementById(id)?.getBoundingClientRect().top ?? 24) - 24),
        whole: document.documentElement.scrollHeight,
      }), fragment ?? '')
      const { width } = SCREENS[screen]
      const path = join(folder, `${name.split('/').pop().replace(/[^A-Za-z0-9]+/g, '-')}-${screen}-${scheme}.png`)
      const clip = { x: 0, y: top, width, height: Math.max(1, Math.min(whole - top, height)) }
      await page.screenshot({ path, clip, captureBeyondViewport: true })
      screenshots.push(path)
    }
    await page.close()
  }
} finally {
  await browser.close()
}
process.stdout.write(JSON.stringify({ screenshots }))
