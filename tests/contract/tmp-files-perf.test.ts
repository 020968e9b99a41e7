import { it } from 'vitest';
import { withRelayContext } from './relay.ts';
import { readers } from '../../shared/formats/index.ts';
import { csvRead } from '../../shared/formats/csv.schema.ts';
it('perf', async () => {
  await withRelayContext(async ({ platform, addFile }) => {
    let s = 'id,name,price,day,at,flag,city,note,code\n';
    for (let i = 0; i < 400000; i++) s += `${i},name ${(i * 7919) % 1000},${((i * 31) % 977) / 10},2024-01-${String(1 + (i % 28)).padStart(2, '0')},2024-01-31T10:00:${String(i % 60).padStart(2, '0')},${i % 2 ? 'true' : 'false'},City ${i % 97},some longer note number ${i},${i % 1000}\n`;
    await addFile('a.csv', s);
    const file = await platform.files.open('a.csv');
    const context = { platform, work: {}, notify: () => undefined, onRead: () => undefined };
    for (let k = 0; k < 4; k++) {
      let t = performance.now();
      const opened = await readers.csv({ name: 'x', files: [file], partitions: [] }, csvRead.parse({ type: 'csv' }).options, context);
      const ours = performance.now() - t;
      t = performance.now();
      const r = await platform.engine.query(`SELECT Columns FROM sniff_csv('${file.engineName}')`);
      for await (const b of r.batches) void b;
      const sniff = performance.now() - t;
      t = performance.now();
      await opened.relate('v' + k, context);
      await platform.engine.execute(`CREATE TABLE t${k} AS FROM v${k}`);
      const scan = performance.now() - t;
      t = performance.now();
      await platform.engine.execute(`CREATE TABLE u${k} AS FROM read_csv('${file.engineName}')`);
      console.log(`size ${(s.length / 1e6).toFixed(0)} MB: infer ${ours.toFixed(0)} sniff ${sniff.toFixed(0)}; scan ours ${scan.toFixed(0)} bare incl. sniff ${(performance.now() - t).toFixed(0)}`);
    }
  });
}, 100000);
