// The page's icons: strokes on a grid of 16 units, drawn for Sluice.
export const icons = {
  run: 'M5 3.2v9.6L12.6 8Z',
  stop: 'M4 4h8v8H4Z',
  check: 'M3.5 8.5 6.5 11.5 12.5 4.8',
  cross: 'M4 4l8 8M12 4l-8 8',
  alert: 'M8 2.5 14.2 13.2H1.8ZM8 6.5v3M8 11.3v.2',
  notice: 'M8 14A6 6 0 1 0 8 2a6 6 0 0 0 0 12ZM8 7.5v3.5M8 5v.2',
  down: 'M4 6.2 8 10.2l4-4',
  right: 'M6.2 4 10.2 8l-4 4',
  sun: 'M8 10.7a2.7 2.7 0 1 0 0-5.4 2.7 2.7 0 0 0 0 5.4ZM8 1.5v1.3M8 13.2v1.3M1.5 8h1.3M13.2 8h1.3M3.4 3.4l.9.9M11.7 11.7l.9.9M12.6 3.4l-.9.9M4.3 11.7l-.9.9',
  moon: 'M13 9.7A5.5 5.5 0 0 1 6.3 3a5.5 5.5 0 1 0 6.7 6.7Z',
  screen: 'M2 3h12v8H2ZM5.5 13.5h5',
  file: 'M4 1.8h5l3 3v9.4H4ZM9 1.8v3h3',
  store:
    'M2.5 4c0-1.1 2.5-2 5.5-2s5.5.9 5.5 2v8c0 1.1-2.5 2-5.5 2s-5.5-.9-5.5-2ZM2.5 4c0 1.1 2.5 2 5.5 2s5.5-.9 5.5-2M2.5 8c0 1.1 2.5 2 5.5 2s5.5-.9 5.5-2',
  download: 'M8 2v8M4.8 7 8 10.2 11.2 7M2.5 13.5h11',
  plus: 'M8 3v10M3 8h10',
  copy: 'M5.5 5.5h8v8h-8ZM10.5 5.5v-3h-8v8h3',
  plan: 'M2.5 2.5h4v3h-4ZM9.5 2.5h4v3h-4ZM6 10.5h4v3H6ZM4.5 5.5v2.5h7v-2.5M8 8v2.5',
  folder: 'M2 4h4l1.5 1.7H14v7.3H2Z',
  table: 'M2.5 3h11v10h-11ZM2.5 6.3h11M2.5 9.7h11M6.5 3v10',
  eye: 'M1.5 8C3 5 5.3 3.7 8 3.700S13 5 14.5 8C13 11 10.7 12.3 8 12.300S3 11 1.5 8ZM8 9.800a1.8 1.8 0 1 0 0-3.6 1.8 1.8 0 0 0 0 3.600Z',
  zip: 'M4 1.8h5l3 3v9.400H4ZM9 1.800v3h3M7 7v1.200M7 9.800V11',
  link: 'M3 8h9M8.5 4.5 12 8l-3.5 3.5',
  wait: 'M8 10a2 2 0 1 0 0-4 2 2 0 0 0 0 4Z',
} as const;

export type IconName = keyof typeof icons;
