import { resetArena } from '../../abi/arena';
import { enterContext } from '../../abi/host';
import { Action } from '../../abi/status';
import { addConnection, addRoot, addStream, findRoot, findStream, removeContext } from './contexts';
import { exchangeInRequest, exchangeInResponse } from './exchange';
import { configure } from './plugin';
import { reportConnection, reportRequest } from './report';

/** The callbacks of proxy-wasm 0.2.1: one module, which is an HTTP filter and a network filter by what Envoy calls. */

export { malloc } from '../../abi/arena';

export function proxy_abi_version_0_2_1(): void {}

export function proxy_on_context_create(id: u32, parent: u32): void {
  if (parent == 0) {
    addRoot(id);
    return;
  }
  const root = findRoot(parent);
  if (root != null) addStream(id, root);
}

export function proxy_on_vm_start(_root: u32, _configurationSize: u32): u32 {
  return 1;
}

export function proxy_on_configure(id: u32, configurationSize: u32): u32 {
  resetArena();
  const root = findRoot(id);
  return root != null && configure(root, configurationSize) ? 1 : 0;
}

export function proxy_on_request_headers(id: u32, _headers: u32, _endOfStream: u32): i32 {
  resetArena();
  const stream = findStream(id);
  if (stream != null) exchangeInRequest(stream, stream.root!);
  return Action.Continue;
}

export function proxy_on_response_headers(id: u32, _headers: u32, _endOfStream: u32): i32 {
  resetArena();
  const stream = findStream(id);
  if (stream != null) exchangeInResponse(stream, stream.root!);
  return Action.Continue;
}

export function proxy_on_new_connection(id: u32): i32 {
  const stream = findStream(id);
  if (stream != null) addConnection(stream, stream.root!);
  return Action.Continue;
}

/** Long connections are counted while they live. */
export function proxy_on_tick(id: u32): void {
  const root = findRoot(id);
  if (root == null) return;
  let stream = root.connections;
  while (stream != null) {
    resetArena();
    enterContext(stream.id);
    reportConnection(stream, root, false);
    stream = stream.after;
  }
  enterContext(id);
}

export function proxy_on_log(id: u32): void {
  resetArena();
  const stream = findStream(id);
  if (stream == null) return;
  if (stream.isConnection) reportConnection(stream, stream.root!, true);
  else reportRequest(stream, stream.root!);
}

export function proxy_on_delete(id: u32): void {
  removeContext(id);
}
