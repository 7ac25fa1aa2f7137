// The chart as it stands, as a picture of its own: colours and patterns go along, nothing is fetched later.
import { saveAs } from '../words/save_as';

const CAPTION = 22;

/** A copy that needs no stylesheet: the tokens of the theme are on its root, the patterns inside. */
function standalone(svg: SVGSVGElement, caption: string): { text: string; width: number; height: number } {
  const copy = svg.cloneNode(true) as SVGSVGElement;
  const width = svg.width.baseVal.value;
  const height = svg.height.baseVal.value + CAPTION;
  const style = getComputedStyle(document.documentElement);
  const used = new Set([...copy.outerHTML.matchAll(/var\((--[\w-]+)\)/g)].map((one) => one[1]!));
  for (const name of ['--ink', '--ink2', '--ink3', '--paper', '--line2', '--stop', '--c-leaders', '--c-dialogue', '--c-exchange', '--c-exercise', '--c-training', '--c-education', '--c-institution', '--c-agreement']) used.add(name);
  const tokens = [...used].filter((name) => name !== '--c').map((name) => `${name}:${style.getPropertyValue(name).trim()}`).join(';');
  const strands = ['leaders', 'dialogue', 'exchange', 'exercise', 'training', 'education', 'institution', 'agreement'].map((one) => `.s-${one}{--c:var(--c-${one})}`).join('');
  copy.setAttribute('xmlns', 'http://www.w3.org/2000/svg');
  copy.setAttribute('width', String(width));
  copy.setAttribute('height', String(height));
  copy.setAttribute('viewBox', `0 0 ${width} ${height}`);
  copy.removeAttribute('tabindex');
  copy.removeAttribute('role');
  const defs = document.querySelector('#hatch')?.closest('defs')?.innerHTML ?? '';
  copy.insertAdjacentHTML(
    'afterbegin',
    `<style>:root,svg{${tokens}}${strands}text{font-family:'IBM Plex Sans Condensed','Plex Condensed',sans-serif;fill:var(--ink2);font-size:12px}.tick{fill:var(--ink3);font-size:11px}.strong{font-weight:600;fill:var(--ink)}.badge{fill:var(--paper);font-weight:600}</style><defs>${defs}</defs><rect width="${width}" height="${height}" fill="${style.getPropertyValue('--paper')}"/>`,
  );
  const words = document.createElementNS('http://www.w3.org/2000/svg', 'text');
  words.setAttribute('x', '12');
  words.setAttribute('y', String(height - 6));
  words.setAttribute('class', 'tick');
  words.textContent = caption;
  copy.append(words);
  return { text: new XMLSerializer().serializeToString(copy), width, height };
}

export function saveSvg(svg: SVGSVGElement, name: string, caption: string) {
  saveAs(`${name}.svg`, new Blob([standalone(svg, caption).text], { type: 'image/svg+xml' }));
}

export async function savePng(svg: SVGSVGElement, name: string, caption: string, scale = 2) {
  const { text, width, height } = standalone(svg, caption);
  const image = new Image();
  image.src = URL.createObjectURL(new Blob([text], { type: 'image/svg+xml' }));
  await image.decode();
  const canvas = document.createElement('canvas');
  canvas.width = width * scale;
  canvas.height = height * scale;
  canvas.getContext('2d')!.drawImage(image, 0, 0, canvas.width, canvas.height);
  URL.revokeObjectURL(image.src);
  const blob = await new Promise<Blob | null>((done) => canvas.toBlob(done, 'image/png'));
  if (blob) saveAs(`${name}.png`, blob);
}
