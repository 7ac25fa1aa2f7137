// With --show: every page wide, on a phone, dark, and from right to left.

const pages = {
  home: '/', tie: '/r/USA/CHN', 'tie-idn': '/r/USA/IDN', compare: '/r/USA/CHN?with=RUS', measure: '/r/USA/CHN/restart', list: '/engagements?where=category!%3DPOL', record: '/records/c0309',
  correct: '/records/c0309/correct', entry: '/new/engagement', calendar: '/calendar?month=2024-09', year: '/calendar?year=2024', people: '/people', import: '/import', log: '/record', search: '/search?q=maritime', 'sign-in': '/sign-in', 'set-up': '/set-up', account: '/account',
};
const looks = { wide: [1440, 'theme=light'], phone: [390, 'theme=light'], dark: [1440, 'theme=dark'], ar: [1440, 'theme=light&language=ar'] };

export const cases = {
  async 'pictures of every page'({ address, fresh, picture, shows }) {
    if (!shows) return 'none asked for (--show FOLDER)';
    for (const [look, [width, query]] of Object.entries(looks)) {
      const { page, context } = await fresh({ viewport: { width, height: width < 500 ? 844 : 900 } });
      for (const [name, path] of Object.entries(pages)) {
        await page.goto(`${address}${path}${path.includes('?') ? '&' : '?'}${query}`, { waitUntil: 'networkidle' });
        await page.waitForTimeout(300);
        await picture(page, `${name}-${look}`);
      }
      await context.close();
    }
    return `${Object.keys(pages).length * Object.keys(looks).length} pictures`;
  },
};
