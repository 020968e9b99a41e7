// Ten million rows that are made when they are asked for, in the page's own grid.
import { mount } from 'svelte';
import Grid from '../../../web/app/grid/Grid.svelte';
import '../../../web/app/styles/base.css';
import '../../../web/app/styles/tokens.css';

const columns = [
  { name: 'number', type: 'BIGINT' },
  { name: 'text', type: 'VARCHAR' },
];

document.body.innerHTML = '<div id="app"></div>';
const target = document.getElementById('app') ?? document.body;
mount(Grid, {
  target,
  props: {
    label: 'tall',
    source: {
      columns,
      rowCount: 10_000_000,
      cell: (row: number, column: number) => ({ text: column === 0 ? String(row) : `row ${row}`, isNull: false }),
      value: (row: number, column: number) => (column === 0 ? String(row) : `row ${row}`),
      read: () => {
        throw new Error('Nothing here reads ahead.');
      },
    },
  },
});
