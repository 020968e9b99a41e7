// Writes the data of the examples anew: `node examples/generate.mjs`. Seeded, so the bytes are the same every time.
// Places, people and goods are made up; the Parquet file is written by native DuckDB.
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
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

// harvest: baskets by year and field, as a tree of folders; a server cannot list it, so files.json does
async function writeHarvest() {
  const next = seeded(1887);
  const paths = [];
  const write = async (path, lines) => {
    paths.push(path);
    await mkdir(dirname(here(`harvest/${path}`)), { recursive: true });
    await writeFile(here(`harvest/${path}`), [...lines, ''].join('\n'));
  };
  const fruits = [
    ['apple', 1.8],
    ['pear', 2.3],
    ['plum', 2.9],
  ];
  for (const year of [2023, 2024, 2025]) {
    for (const field of ['brook', 'hill', 'old wall']) {
      const rows = Array.from({ length: 30 }, (_, at) => {
        const [fruit] = fruits[Math.floor(next() * fruits.length)];
        return `${year}-09-${pad(1 + at)},${fruit},${round(8 + next() * 40, 1)}`;
      });
      const folder = `baskets/year=${year}/field=${field}`;
      await write(`${folder}/september.csv`, ['picked_on,fruit,kilograms', ...rows]);
    }
    const prices = fruits.map(([fruit, price]) => `${year},${fruit},${round(price * (1 + (year - 2023) / 20), 2)}`);
    await write(`prices_${year}.csv`, ['year,fruit,price', ...prices]);
  }
  await writeFile(here('harvest/files.json'), `${JSON.stringify(paths.sort(), null, 2)}\n`);
}

// tides: water levels of three harbours, the station as JSON text
async function writeTides() {
  const next = seeded(60);
  const harbours = [
    ['Stromness', 1500],
    ['Whitby', 2400],
    ['Cuxhaven', 1700],
  ];
  const rows = ['measured_at,level_mm,station'];
  for (let hour = 0; hour < 96; hour++) {
    for (const [at, [name, range]] of harbours.entries()) {
      const level = Math.round(range * Math.sin((hour / 12.42) * 2 * Math.PI + at) + (next() - 0.5) * 90);
      const station = `{""name"":""${name}"",""gauge"":{""no"":${at + 1}}}`;
      const moment = `2025-01-${pad(1 + Math.floor(hour / 24))}T${pad(hour % 24)}:00:00Z`;
      rows.push(`${moment},${next() < 0.02 ? '' : level},"${station}"`);
    }
  }
  await writeFile(here('tides/gauges.csv'), [...rows, ''].join('\n'));
}

// sensors: one JSON array, compressed, with a message's payload as JSON text
async function writeSensors() {
  const next = seeded(2025);
  const winds = ['N', 'NW', 'W', 'SW'];
  const messages = Array.from({ length: 240 }, (_, at) => {
    const height = round(0.4 + next() * 6, 2);
    const payload = {
      wave: { height_m: height, from: winds[Math.floor(next() * winds.length)] },
      alarms: height > 5.5 ? ['high wave', ...(next() < 0.4 ? ['drifting'] : [])] : [],
    };
    const minutes = at * 7;
    return {
      buoy: `B${1 + (at % 4)}`,
      sent_at: `2025-10-${pad(25 + Math.floor(minutes / 1440))}T${pad(Math.floor(minutes / 60) % 24)}:${pad(minutes % 60)}:00`,
      payload: JSON.stringify(payload),
    };
  });
  const bytes = gzipSync(JSON.stringify(messages), { level: 0 }); // stored: compressors differ from machine to machine
  bytes[9] = 255; // the system that wrote it: unknown, the same everywhere
  await writeFile(here('sensors/messages.json.gzip'), bytes);
}

// budget: a book of expenses, with a delimiter, quotes and a NULL of its own
async function writeBudget() {
  const next = seeded(12);
  const things = {
    food: ['market', 'baker', "grocer's, corner shop", 'canteen'],
    home: ['electricity', 'rent', 'repairs', 'paint; brushes'],
    travel: ['train', 'ferry', 'bicycle parts'],
  };
  const rows = ['booked;kind;what;amount;note'];
  for (let at = 0; at < 300; at++) {
    const kind = Object.keys(things)[Math.floor(next() * 3)];
    const what = things[kind][Math.floor(next() * things[kind].length)];
    const quoted = /[;']/.test(what) ? `'${what.replaceAll("'", "''")}'` : what;
    const day = `2025-${pad(1 + Math.floor(at / 25))}-${pad(1 + Math.floor(next() * 28))}`;
    rows.push(`${day};${kind};${quoted};${round(3 + next() * 180, 2)};${next() < 0.9 ? '-' : 'shared'}`);
  }
  await writeFile(here('budget/bookings.csv'), [...rows, ''].join('\n'));
}

await writeWeather();
await writeShop();
await writeBikes();
await writeHarvest();
await writeTides();
await writeSensors();
await writeBudget();
