// axe-core over every page in both themes; nothing wider than its window; a page without a network.
import { readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';

const pages = ['/', '/r/USA/CHN', '/r/USA/IDN?with=THA', '/r/USA/CHN/strength', '/r/USA/CHN/restart', '/r/USA/CHN/forecast', '/engagements', '/records/c0309', '/records/c0309/correct', '/new/engagement', '/new/disruption', '/new/snooze?set=rule%3Dcoverage_ended', '/calendar?month=2024-09', '/calendar?year=2024', '/people', '/import', '/record', '/search?q=maritime', '/sign-in', '/set-up', '/account', '/accounts', '/access-log', '/more', '/nowhere'];

export const cases = {
  async 'axe finds nothing on any page, light and dark'({ address, fresh, axe, holds }) {
    const source = readFileSync(axe, 'utf8');
    const found = [];
    let passes = 0;
    for (const theme of ['light', 'dark']) {
      // A browser that evaluates what a test brings must not be held by the page's own policy.
      const { page, context } = await fresh({ bypassCSP: true });
      for (const path of pages) {
        await page.goto(`${address}${path}${path.includes('?') ? '&' : '?'}theme=${theme}`, { waitUntil: 'networkidle' });
        await page.waitForTimeout(250);
        await page.evaluate(source);
        const result = await page.evaluate(() => window.axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] }));
        passes += result.passes.length;
        for (const one of result.violations) found.push(`${theme} ${path} ${one.id} (${one.nodes.length}): ${one.nodes[0].html.slice(0, 160)} ${one.nodes[0].failureSummary.split('\n')[1] ?? ''}`);
      }
      await context.close();
    }
    holds(found.length === 0, `\n${found.join('\n')}`);
    return `${pages.length} pages, 2 themes, ${passes} rules passed, 0 violations`;
  },

  async 'no page is wider than its window, from 320 to 1920'({ address, fresh, holds }) {
    const wide = [];
    for (const width of [320, 390, 768, 1440, 1920]) {
      const { page, context } = await fresh({ viewport: { width, height: 900 } });
      for (const path of pages) {
        await page.goto(address + path, { waitUntil: 'networkidle' });
        const over = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
        if (over > 0) wide.push(`${width} ${path} by ${over}`);
      }
      await context.close();
    }
    holds(wide.length === 0, wide.join('; '));
  },

  async 'without the server what was read stays, and it is said'({ address, fresh, holds }) {
    const { page, context } = await fresh();
    await page.goto(`${address}/r/USA/CHN`, { waitUntil: 'networkidle' });
    await page.route('**/api/**', (route) => route.abort());
    await page.getByLabel('Compare with …').focus();
    await page.getByRole('link', { name: 'Engagements' }).first().click();
    await page.getByText('No connection to the record').waitFor();
    await page.goBack();
    await page.getByRole('heading', { name: 'Interruptions' }).waitFor();
    holds(true, '');
    await context.close();
  },

  async 'the first page is there in a second'({ address, fresh, holds }) {
    const { page, context } = await fresh();
    await page.goto(address, { waitUntil: 'networkidle' });
    const paint = await page.evaluate(() => performance.getEntriesByName('first-contentful-paint')[0]?.startTime);
    const bytes = await page.evaluate(() => performance.getEntriesByType('resource').filter((one) => one.name.endsWith('.js')).reduce((sum, one) => sum + one.encodedBodySize, 0));
    holds(paint < 1000, `first paint after ${Math.round(paint)} ms`);
    // What must be there before anything shows: the scripts that the page itself names, as gzip would send them.
    const html = await (await page.request.get(address)).text();
    const named = [...html.matchAll(/(?:src|href)="([^"]+\.js)"/g)].map(([, path]) => path);
    let initial = 0;
    for (const path of new Set(named)) initial += gzipSync(await (await page.request.get(new URL(path, address).href)).body()).length;
    holds(named.length > 0 && initial < 100_000, `the initial script weighs ${initial} bytes in gzip`);
    await context.close();
    return `first paint ${Math.round(paint)} ms, initial script ${(initial / 1000).toFixed(1)} kB in gzip, ${Math.round(bytes / 1000)} kB of script in all`;
  },
};
