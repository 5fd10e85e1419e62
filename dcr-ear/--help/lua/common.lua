-- What the scripts share. wrk runs them with one thread, so there is one state for all connections.
local common = {}

-- The lines of a file, all of them.
function common.lines(file)
  local lines = {}
  for line in io.lines(file) do lines[#lines + 1] = line end
  return lines
end

-- Clients from a file that `keep` has written, or one like it: path, client_id and token in each line.
function common.clients(file)
  local clients = {}
  for line in io.lines(file) do
    local path, id, token = line:match("^(%S+) (%S+) (%S+)$")
    clients[#clients + 1] = { path = path, id = id, token = token }
  end
  return clients
end

-- The client that a reply of RFC 7591 §3.2.1 shows.
function common.client(body)
  return {
    path = body:match('"registration_client_uri"%s*:%s*"https?://[^/]+([^"]+)"'),
    id = body:match('"client_id"%s*:%s*"([^"]+)"'),
    token = body:match('"registration_access_token"%s*:%s*"([^"]+)"'),
  }
end

-- A request that manages a client (RFC 7592); a body is the template of an update.
function common.manage(method, client, template)
  local headers = { ["Authorization"] = "Bearer " .. client.token }
  if not template then return wrk.format(method, client.path, headers) end
  headers["Content-Type"] = "application/json"
  return wrk.format(method, client.path, headers, (template:gsub("CLIENT_ID", client.id)))
end

-- Ends a load that has nothing left to send; wrk would wait for the end of its time and count that, too.
function common.exhausted()
  print("exhausted")
  os.exit(1)
end

-- One line for the program that started wrk.
function done(summary, latency)
  local errors = summary.errors
  print(string.format("measured requests=%d micros=%d p50=%d p99=%d refused=%d broken=%d",
    summary.requests, summary.duration, latency:percentile(50), latency:percentile(99), errors.status,
    errors.connect + errors.read + errors.write + errors.timeout))
end

return common
