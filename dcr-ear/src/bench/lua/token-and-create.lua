-- Fetches an initial access token and registers a client with it: BODIES KEEP
-- wrk does not tell which connection an answer came on. So each token waits until a connection is free.
-- The clients are written to KEEP, for a load that reads them.
local common = dofile(debug.getinfo(1, "S").source:match("^@(.*/)") .. "common.lua")
local fetch, body, kept
local tokens = {}

function init(arguments)
  fetch = wrk.format("POST", "/oauth2/token", {
    ["Content-Type"] = "application/x-www-form-urlencoded",
    ["Authorization"] = "Basic cmVnaXN0cmFyOnJlZ2lzdHJhcg==", -- registrar:registrar
  }, "grant_type=client_credentials&scope=client.create")
  body = common.lines(arguments[1])[1]
  kept = io.open(arguments[2], "a")
end

function request()
  local token = table.remove(tokens)
  if not token then return fetch end
  return wrk.format("POST", wrk.path, {
    ["Content-Type"] = "application/json",
    ["Authorization"] = "Bearer " .. token,
  }, body)
end

function response(status, _, reply)
  if status == 200 then
    tokens[#tokens + 1] = reply:match('"access_token"%s*:%s*"([^"]+)"')
  elseif status == 201 then
    local client = common.client(reply)
    kept:write(client.path, " ", client.id, " ", client.token, "\n")
  end
end
