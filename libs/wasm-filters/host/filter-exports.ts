/** The callbacks that our modules export, under their names on the wire. */
export interface FilterExports extends Record<string, unknown> {
  readonly memory: { readonly buffer: ArrayBuffer };
  malloc(size: number): number;
  _initialize(): void;
  proxy_on_context_create(id: number, parent: number): void;
  proxy_on_vm_start(root: number, size: number): number;
  proxy_on_configure(root: number, size: number): number;
  proxy_on_request_headers(id: number, headers: number, end: number): number;
  proxy_on_response_headers(id: number, headers: number, end: number): number;
  proxy_on_new_connection(id: number): number;
  proxy_on_tick(root: number): void;
  proxy_on_log(id: number): void;
  proxy_on_delete(id: number): void;
}
