// Writes the data of the examples anew: `node examples/generate.mjs`. Seeded, so the bytes are the same every time.
// Places, people and goods are made up; the Parquet file is written by native DuckDB.
import { writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { DuckDBInstance } from '@duckdb/node-api';

const here = (path) => fileURLToPath(new URL(path, import.meta.url));
const round = (value, digits) => Number(value.toFixed(digits));
const pad = (value) => String(value).padStart(2, '0');

/** A xorshift generator: the next number in [0, 1). */
function seeded(seed) {
  let state = seed >>> 0;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) / 2 ** 32;
  };
}

// weather: two months of readings, four a day, from eight harbour towns
const stations = [
  { id: 11, city: 'Ålesund', country: 'Norway', january: 3, july: 14 },
  { id: 12, city: 'Visby', country: 'Sweden', january: 0, july: 18 },
  { id: 13, city: 'Gdynia', country: 'Poland', january: 0, july: 19 },
  { id: 14, city: 'Galway', country: 'Ireland', january: 7, july: 16 },
  { id: 15, city: 'Aveiro', country: 'Portugal', january: 11, july: 20 },
  { id: 16, city: 'Cádiz', country: 'Spain', january: 13, july: 25 },
  { id: 17, city: 'Trieste', country: 'Italy', january: 6, july: 26 },
  { id: 18, city: 'Chania', country: 'Greece', january: 12, july: 27 },
];
const skies = ['clear', 'cloudy', 'overcast', 'rain', 'fog'];

async function writeWeather() {
  const lines = stations.map(({ id, city, country }) => `${id},${city},${country}`);
  await writeFile(here('weather/stations.csv'), ['station_id,city,country', ...lines, ''].join('\n'));
  for (const [month, number, seed] of [
    ['january', 1, 2401],
    ['july', 7, 2407],
  ]) {
    const next = seeded(seed);
    const rows = ['station_id,measured_at,temperature_c,humidity_pct,sky'];
    for (let day = 1; day <= 31; day++) {
      for (const hour of [3, 9, 15, 21]) {
        for (const station of stations) {
          const swing = { 3: -3, 9: -0.5, 15: 3.5, 21: 0 }[hour];
          const temperature = round(
            station[month] + swing + Math.sin(day / 4 + station.id) * 2.5 + (next() - 0.5) * 3,
            1,
          );
          const humidity = Math.round(78 - swing * 4 + (next() - 0.5) * 20);
          const missing = next() < 0.01;
          const sky = skies[Math.floor(next() * skies.length)];
          const at = `2025-${pad(number)}-${pad(day)} ${pad(hour)}:00:00`;
          rows.push(`${station.id},${at},${missing ? '' : temperature},${humidity},${sky}`);
        }
      }
    }
    await writeFile(here(`weather/readings_${month}_2025.csv`), [...rows, ''].join('\n'));
  }
}

// shop: orders as JSON lines with nested items, and the customers they belong to
const goods = [
  ['teapot', 34.5],
  ['oak tray', 27.9],
  ['linen towel', 12.4],
  ['paring knife', 18.75],
  ['salt cellar', 9.6],
  ['cast-iron pan', 52],
  ['storage jar', 7.35],
  ['pepper mill', 23.2],
];
const firstNames = ['Ada', 'Bo', 'Carla', 'Dario', 'Edda', 'Finn', 'Gita', 'Hugo', 'Iris', 'Jonas', 'Kaja', 'Leo'];
const lastNames = ['Brandt', 'Costa', 'Dahl', 'Egede', 'Fonseca', 'Grün', 'Holm', 'Ivarsson'];
const cities = ['Bremen', 'Porto', 'Turku', 'Ghent', 'Graz'];

async function writeShop() {
  const next = seeded(4711);
  const pick = (list) => list[Math.floor(next() * list.length)];
  const customers = Array.from({ length: 40 }, (_, at) => {
    const joined = `20${pad(21 + Math.floor(next() * 4))}-${pad(1 + Math.floor(next() * 12))}-${pad(1 + Math.floor(next() * 28))}`;
    return `C${100 + at},${firstNames[at % firstNames.length]} ${pick(lastNames)},${pick(cities)},${joined}`;
  });
  await writeFile(here('shop/customers.csv'), ['customer_id,name,city,customer_since', ...customers, ''].join('\n'));
  const orders = Array.from({ length: 240 }, (_, at) => {
    const items = Array.from({ length: 1 + Math.floor(next() * 4) }, () => {
      const [article, price] = pick(goods);
      return { article, quantity: 1 + Math.floor(next() * 3), price };
    });
    const day = 1 + Math.floor((at / 240) * 30);
    return JSON.stringify({
      order_id: 5000 + at,
      placed_at: `2025-06-${pad(day)}T${pad(7 + Math.floor(next() * 14))}:${pad(Math.floor(next() * 60))}:00`,
      customer_id: `C${100 + Math.floor(next() * 44)}`,
      channel: next() < 0.65 ? 'web' : 'counter',
      items,
      delivery: next() < 0.3 ? null : { method: next() < 0.5 ? 'parcel' : 'bicycle', fee: next() < 0.5 ? 0 : 4.9 },
    });
  });
  await writeFile(here('shop/orders.jsonl'), [...orders, ''].join('\n'));
}

// bikes: rides between the docks of a bicycle scheme, as Parquet with dates, decimals and NULLs
async function writeBikes() {
  const instance = await DuckDBInstance.create(':memory:', { threads: '1' });
  const connection = await instance.connect();
  await connection.run(`
    CREATE TABLE rides AS
    WITH numbers AS (
      SELECT i, hash(i) % 1000 AS a, hash(i * 7 + 1) % 1000 AS b, hash(i * 13 + 5) % 1000 AS c FROM range(6000) t(i)
    )
    SELECT
      (i + 1)::INTEGER AS ride_id,
      TIMESTAMP '2025-05-01 05:00:00' + to_minutes((i * 7 + b % 7)::BIGINT) AS started_at,
      ['Harbour', 'Old Mill', 'Station', 'Market', 'Library', 'Lido', 'Botanic Garden'][1 + (a % 7)::INTEGER] AS from_dock,
      ['Station', 'Lido', 'Market', 'Harbour', 'Library', 'Old Mill', 'Botanic Garden'][1 + (c % 7)::INTEGER] AS to_dock,
      CASE WHEN b % 97 = 0 THEN NULL ELSE (4 + (b * c) % 53)::SMALLINT END AS minutes,
      round(0.6 + (a * 3 + c) % 74 / 10.0, 1)::DOUBLE AS distance_km,
      CASE WHEN a % 3 = 0 THEN 0 ELSE 1.00 + (b * c) % 53 * 0.12 END::DECIMAL(6, 2) AS fare,
      a % 3 = 0 AS member
    FROM numbers`);
  await connection.run(
    `COPY (SELECT * FROM rides ORDER BY ride_id) TO '${here('bikes/rides.parquet').replaceAll("'", "''")}'
     (FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE 2048)`,
  );
  connection.closeSync();
  instance.closeSync();
}

await writeWeather();
await writeShop();
await writeBikes();
