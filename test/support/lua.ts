/* eslint-disable @typescript-eslint/no-require-imports */
const { lua, lauxlib, lualib, to_luastring: bytes } = require('fengari');

/**
 * Runs a health check of Argo CD on a resource, as Argo CD does: the resource is the global `obj`, and what the script
 * returns is the verdict.
 */
export function healthOf(script: string, obj: unknown): { status?: string; message?: string } {
  const state = lauxlib.luaL_newstate();
  // What Argo CD opens (util/lua/lua.go), and no more.
  for (const [name, open] of [['_G', lualib.luaopen_base], ['table', lualib.luaopen_table]]) {
    lauxlib.luaL_requiref(state, bytes(name), open, true);
    lua.lua_pop(state, 1);
  }
  push(state, obj);
  lua.lua_setglobal(state, bytes('obj'));
  if (lauxlib.luaL_dostring(state, bytes(script)) !== lua.LUA_OK) {
    throw new Error(lua.lua_tojsstring(state, -1));
  }
  const field = (name: string) => {
    lua.lua_getfield(state, 1, bytes(name));
    return lua.lua_isnil(state, -1) ? undefined : lua.lua_tojsstring(state, -1);
  };
  return { status: field('status'), message: field('message') };
}

function push(state: unknown, value: unknown): void {
  if (typeof value === 'string') {
    lua.lua_pushstring(state, bytes(value));
  } else if (typeof value === 'number') {
    lua.lua_pushnumber(state, value);
  } else if (typeof value === 'boolean') {
    lua.lua_pushboolean(state, value);
  } else if (value === null || value === undefined) {
    lua.lua_pushnil(state);
  } else {
    lua.lua_createtable(state, 0, 0);
    for (const [key, item] of Array.isArray(value) ? value.map((v, i) => [i + 1, v] as const) : Object.entries(value)) {
      push(state, key);
      push(state, item);
      lua.lua_settable(state, -3);
    }
  }
}
