import init from './empty.js';

init();
