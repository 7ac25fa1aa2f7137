// Light or dark: as the system has it, unless one chose.
const STORED = 'entente.theme';
type Theme = 'light' | 'dark';

export function currentTheme(): Theme {
  return document.documentElement.dataset.theme === 'dark' ? 'dark' : 'light';
}

export function useTheme(theme: Theme) {
  document.documentElement.dataset.theme = theme;
  try {
    localStorage.setItem(STORED, theme);
  } catch {
    // The choice then lasts as long as the page.
  }
}

export function startTheme() {
  let kept: string | null = null;
  try {
    kept = localStorage.getItem(STORED);
  } catch {
    // Nothing was kept.
  }
  const asked = new URLSearchParams(location.search).get('theme');
  const system = matchMedia('(prefers-color-scheme: dark)');
  const follow = () => (document.documentElement.dataset.theme = system.matches ? 'dark' : 'light');
  if (asked === 'dark' || asked === 'light') document.documentElement.dataset.theme = asked;
  else if (kept === 'dark' || kept === 'light') document.documentElement.dataset.theme = kept;
  else {
    follow();
    system.addEventListener('change', follow);
  }
}
