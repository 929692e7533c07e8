import type { Page } from '@playwright/test'
import axe from 'axe-core'

type WithAxe = { readonly axe?: typeof axe }

/**
 * What axe calls serious or critical on what is on screen: every rule in the dark colours, contrast also in the light ones. One sentence per element, so
 * that a failure says what to mend.
 */
export async function barriers(page: Page): Promise<readonly string[]> {
  const loaded = await page.evaluate(() => (globalThis as WithAxe).axe !== undefined)
  if (!loaded) await page.evaluate(axe.source)
  return [...(await look(page, 'dark', null)), ...(await look(page, 'light', ['color-contrast']))]
}

async function look(page: Page, colorScheme: 'light' | 'dark', rules: readonly string[] | null): Promise<readonly string[]> {
  await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
  return page.evaluate(
    async ([scheme, only]) => {
      const tool = (globalThis as WithAxe).axe
      if (!tool) throw new Error('axe is not on the page')
      const { violations } = await tool.run(document, {
        resultTypes: ['violations'],
        ...(only ? { runOnly: { type: 'rule', values: [...only] } } : {})
      })
      return violations
        .filter(({ impact }) => impact === 'serious' || impact === 'critical')
        .flatMap(({ id, nodes }) => nodes.map((node) => `${scheme} ${id}: ${node.target.join(' ')}: ${node.failureSummary ?? ''}`))
    },
    [colorScheme, rules] as const
  )
}
