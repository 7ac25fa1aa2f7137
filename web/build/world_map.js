// The world map as finished paths. Projecting it here keeps the projection, and the atlas, out of what a browser loads.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { geoArea, geoCentroid, geoGraticule, geoNaturalEarth1, geoPath } from 'd3-geo';
import { feature } from 'topojson-client';

const WIDTH = 1000;
const HEIGHT = 446;
const ANTARCTICA = '010';
// Territories that Natural Earth draws without a number; the names are its own.
const NAMED = { Kosovo: 'XKX' };

function atlas(file) {
  const path = createRequire(import.meta.url).resolve(`world-atlas/${file}`);
  const world = JSON.parse(readFileSync(path, 'utf8'));
  return feature(world, world.objects.countries).features.filter((one) => one.id !== ANTARCTICA);
}

/** Outlines by ISO number (or our code), and a dot for each state too small to have an outline at this scale. */
export function makeWorldMap() {
  const projection = geoNaturalEarth1()
    .rotate([-11, 0])
    .fitExtent([[2, 2], [WIDTH - 2, 532]], { type: 'Sphere' });
  const path = geoPath(projection).digits(1);
  const at = (one) => projection(geoCentroid(largestPart(one))).map((v) => Math.round(v * 10) / 10);
  const coarse = atlas('countries-110m.json');
  const drawn = new Set(coarse.map((one) => one.id));
  return {
    width: WIDTH,
    height: HEIGHT,
    graticule: path(geoGraticule().step([30, 30])()),
    states: coarse.map((one) => ({
      id: one.id ?? NAMED[one.properties.name] ?? '',
      name: one.properties.name,
      d: path(one),
      at: at(one),
    })),
    dots: atlas('countries-50m.json')
      .filter((one) => one.id && !drawn.has(one.id))
      .map((one) => ({ id: one.id, name: one.properties.name, at: at(one) })),
  };
}

// A state's name stands on its main land, not at the middle of all its islands.
function largestPart(one) {
  const { type, coordinates } = one.geometry;
  if (type !== 'MultiPolygon') return one;
  const parts = coordinates.map((part) => ({ type: 'Polygon', coordinates: part }));
  return parts.reduce((a, b) => (geoArea(b) > geoArea(a) ? b : a));
}

export function worldMap() {
  const name = 'virtual:world-map';
  let serving = false;
  return {
    name: 'entente-world-map',
    configResolved: (config) => {
      serving = config.command === 'serve';
    },
    resolveId: (id) => (id === name ? `\0${name}` : undefined),
    // Outlines are data: a file of its own that the page reads, not script that it has to parse.
    load(id) {
      if (id !== `\0${name}`) return undefined;
      const text = JSON.stringify(makeWorldMap());
      if (serving) return `export default async () => (${text})`;
      const file = this.emitFile({ type: 'asset', name: 'world-map.json', source: text });
      return `export default () => fetch(import.meta.ROLLUP_FILE_URL_${file}).then((answer) => answer.json())`;
    },
  };
}
