// Sizes as DuckDB's settings have them, such as `10GB` and `1.5GiB`.

const units: Readonly<Record<string, number>> = {
  ...{ B: 1, KB: 1e3, MB: 1e6, GB: 1e9, TB: 1e12 },
  ...{ KIB: 2 ** 10, MIB: 2 ** 20, GIB: 2 ** 30, TIB: 2 ** 40 },
};

/** Undefined for what is no number of bytes, such as a share. */
export function bytesOfSize(size = ''): number | undefined {
  const [, amount, unit = ''] = /^\s*([\d.]+)\s*([a-z]+)\s*$/i.exec(size) ?? [];
  const factor = units[unit.toUpperCase()];
  return amount === undefined || factor === undefined ? undefined : Number(amount) * factor;
}
