declare module 'virtual:world-map' {
  interface Outline {
    id: string;
    name: string;
    d: string;
    at: [number, number];
  }
  export interface World {
    width: number;
    height: number;
    graticule: string;
    states: Outline[];
    dots: Array<Omit<Outline, 'd'>>;
  }
  export default function read(): Promise<World>;
}
