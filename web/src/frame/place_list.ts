// The six places, in the order of the bar.
export const places = [
  ['relationships', '/'],
  ['engagements', '/engagements'],
  ['calendar', '/calendar'],
  ['people', '/people'],
  ['import', '/import'],
  ['record', '/record'],
] as const;
