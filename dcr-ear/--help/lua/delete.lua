-- Deletes clients (RFC 7592 §2.3), each once, but the first ones, which another run has: CLIENTS SKIPPED
local common = dofile(debug.getinfo(1, "S").source:match("^@(.*/)") .. "common.lua")
local clients
local sent

function init(arguments)
  clients = common.clients(arguments[1])
  sent = tonumber(arguments[2])
end

function request()
  sent = sent + 1
  if sent > #clients then common.exhausted() end
  return common.manage("DELETE", clients[sent])
end
