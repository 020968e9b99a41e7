// The desk alone on a page.
import { mount } from 'svelte';
import '../../../web/app/styles/base.css';
import '../../../web/app/styles/tokens.css';
import Desk from './Desk.svelte';

document.body.innerHTML = '<main id="app"></main>';
mount(Desk, { target: document.getElementById('app') ?? document.body });
