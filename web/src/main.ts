import './styles/all.css';
import { mount } from 'svelte';
import App from './App.svelte';
import { startTheme } from './state/theme';
import { preferredLanguage, words } from './words/language.svelte';

startTheme();
await words.use(preferredLanguage());
mount(App, { target: document.body });
