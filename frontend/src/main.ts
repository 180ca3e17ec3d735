import '@fontsource-variable/inter/wght.css';
import '@fontsource-variable/jetbrains-mono/wght.css';
import './styles/tokens.css';
import './styles/base.css';
import { mount } from 'svelte';
import { backend } from './backend';
import { App } from './state/app.svelte';
import Window from './Window.svelte';

const target = document.getElementById('app');
if (target) mount(Window, { target, props: { app: new App(backend) } });
