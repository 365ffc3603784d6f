import init from './gen/empty.js';

init();
