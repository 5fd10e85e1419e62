-- Replaces clients (RFC 7592 §2.2): CLIENTS TEMPLATE
-- A client waits until its update was answered, because the answer may bring it a new token.
local common = dofile(debug.getinfo(1, "S").source:match("^@(.*/)") .. "common.lua")
local clients, template
local first, last = 1, 0

function init(arguments)
  clients = common.clients(arguments[1])
  last = #clients
  template = common.lines(arguments[2])[1]
end

function request()
  if first > last then common.exhausted() end
  local client = clients[first]
  clients[first] = nil
  first = first + 1
  return common.manage("PUT", client, template)
end

function response(status, _, body)
  if status ~= 200 then return end
  last = last + 1
  clients[last] = common.client(body)
end
