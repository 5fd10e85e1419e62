-- Reads clients (RFC 7592 §2.1), one after the other, again and again: CLIENTS
local common = dofile(debug.getinfo(1, "S").source:match("^@(.*/)") .. "common.lua")
local requests = {}
local sent = 0

function init(arguments)
  for i, client in ipairs(common.clients(arguments[1])) do requests[i] = common.manage("GET", client) end
end

function request()
  sent = sent % #requests + 1
  return requests[sent]
end
