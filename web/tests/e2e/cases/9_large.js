// A list of 300,000 rows scrolls smoothly, and so does one of the training reports; a page of thousands of records shows at once that it is coming.
// ENTENTE_LARGE_NODE names nodes that hold so much, parted by colons: that of bench/http, and one with the training reports.
const total = async (page) => Number((await page.locator('.head [aria-live]').innerText()).replace(/\D/g, ''));

/** Turns the wheel for two seconds; how long each frame stood. */
const frames = (page) => page.evaluate(async () => {
  const box = document.querySelector('.scroll');
  const times = [];
  let last = performance.now();
  const end = last + 2000;
  while (performance.now() < end) {
    box.scrollTop += 90;
    await new Promise((shown) => requestAnimationFrame(shown));
    const now = performance.now();
    times.push(now - last);
    last = now;
  }
  return times.sort((a, b) => a - b);
});

export const cases = {
  async 'a list of hundreds of thousands scrolls smoothly, and one gets to a row and a day'({ fresh, serve, stop, same, holds }) {
    const nodes = (process.env.ENTENTE_LARGE_NODE ?? '').split(':').filter(Boolean);
    if (!nodes.length) return 'skipped: ENTENTE_LARGE_NODE names no node (bench/run http makes one)';
    const said = [];
    for (const node of nodes) {
      const { server, address } = await serve('large', undefined, [], node);
      try {
        const { page, context, wrong } = await fresh({ home: address });
        const types = await Promise.all(['engagement', 'training_line'].map(async (type) => [type, (await (await page.request.get(`${address}/api/records?type=${type}&limit=1`)).json()).total]));
        const type = types.sort((a, b) => b[1] - a[1])[0][0];
        const began = Date.now();
        await page.goto(`${address}/engagements?type=${type}`);
        await page.locator('tbody a').first().waitFor();
        const first = Date.now() - began;
        const rows = await total(page);
        const times = await frames(page);
        const median = times[Math.floor(times.length / 2)];
        const slow = times[Math.floor(times.length * 0.95)];
        holds((await page.locator('tbody tr').count()) < 80, 'too many rows are in the page');
        const jumped = Date.now();
        await page.getByLabel('Go to row').fill('10000');
        await page.getByLabel('Go to row').press('Enter');
        await page.locator('tr[aria-rowindex="10001"] a').waitFor({ timeout: 60_000 });
        const row = Date.now() - jumped;
        await page.getByLabel('Go to date').fill('2007-05');
        const turned = Date.now();
        await page.getByLabel('Go to date').press('Enter');
        await page.waitForURL(/until=2007-05/);
        await page.locator('.chip', { hasText: '2007-05' }).first().waitFor();
        await page.locator('tr[aria-rowindex="2"] td').filter({ hasText: '2007' }).waitFor({ timeout: 60_000 });
        holds((await total(page)) < rows, 'a day narrows nothing');
        said.push(`${rows} rows of ${type}: the first after ${first} ms, frames ${median.toFixed(0)} ms (95 of 100 under ${slow.toFixed(0)}), row 10,000 after ${row} ms, May 2007 after ${Date.now() - turned} ms`);
        same(wrong, [], 'what went wrong');
        await context.close();
      } finally {
        await stop(server);
      }
    }
    return said.join('; ');
  },

  async 'the page of a tie with 18,000 training lines shows at once that it is coming'({ fresh, serve, stop, holds, picture }) {
    const node = (process.env.ENTENTE_LARGE_NODE ?? '').split(':').filter(Boolean)[1];
    if (!node) return 'skipped: ENTENTE_LARGE_NODE names no second node, with the training reports';
    const { server, address } = await serve('reports', undefined, [], node);
    try {
      const { page, context } = await fresh({ home: address });
      const began = Date.now();
      await page.goto(`${address}/r/USA/COL`, { waitUntil: 'commit' });
      await page.locator('h1').waitFor();
      const shown = Date.now() - began;
      await page.getByRole('heading', { name: 'Training and education' }).waitFor({ timeout: 120_000 });
      const whole = Date.now() - began;
      const paint = await page.evaluate(() => performance.getEntriesByName('first-contentful-paint')[0]?.startTime);
      const bytes = await page.evaluate(() => performance.getEntriesByType('resource').find((one) => one.name.includes('/relationships/'))?.encodedBodySize);
      await page.reload();
      const again = Date.now();
      await page.getByRole('heading', { name: 'Training and education' }).waitFor();
      holds(bytes < 1_000_000, `the page asks for ${bytes} bytes`);
      await picture(page, 'col-reports');
      const said = `first paint ${Math.round(paint)} ms, name and progress ${shown} ms, whole ${whole} ms the first time, ${Date.now() - again} ms the next; ${Math.round(bytes / 1000)} kB`;
      await context.close();
      return said;
    } finally {
      await stop(server);
    }
  },
};
