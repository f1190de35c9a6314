// The browser, started so that nothing goes to a network.
import { createRequire } from 'node:module'
import { join } from 'node:path'
import process from 'node:process'

export const launch = async modules => {
  const puppeteer = createRequire(join(modules, 'x.js'))('puppeteer-core')
  return await puppeteer.launch({
    executablePath: process.env.PUPPETEER_EXECUTABLE_PATH,
    args: [
      // The sandbox does not start as root, and the books are our own.
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      '--no-first-run',
      '--font-render-hinting=none',
      '--host-resolver-rules=MAP * ~NOTFOUND',
    ],
  })
}

export const SCREENS = {
  phone: { width: 390, height: 844, deviceScaleFactor: 2, isMobile: true, hasTouch: true },
  desktop: { width: 1280, height: 900, deviceScaleFactor: 1 },
}

export const newPage = async (browser, screen, scheme, isMobile = SCREENS[screen].isMobile) => {
  const page = await browser.newPage()
  await page.setViewport({ ...SCREENS[screen], isMobile })
  await page.emulateMediaFeatures([{ name: 'prefers-color-scheme', value: scheme }])
  return page
}
