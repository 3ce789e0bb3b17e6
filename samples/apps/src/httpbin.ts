import { createHttpbin } from './httpbin/httpbin-app.js';
import { log, serve } from './serve.js';
import { listenAddress } from './settings.js';

await serve(createHttpbin(log), listenAddress(80));
