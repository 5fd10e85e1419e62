-- Registers clients (RFC 7591 §3.1): BODIES MEDIA_TYPE SKIPPED [KEEP]
-- One line of BODIES is sent again and again; of several each is sent once, but the first ones, which were
-- SKIPPED because another run has sent them.
-- The clients are written to KEEP, for a load that manages them.
local common = dofile(debug.getinfo(1, "S").source:match("^@(.*/)") .. "common.lua")
local bodies, headers, same
local sent

function init(arguments)
  bodies = common.lines(arguments[1])
  headers = { ["Content-Type"] = arguments[2] }
  if #bodies == 1 then same = wrk.format("POST", wrk.path, headers, bodies[1]) end
  sent = tonumber(arguments[3])
  if arguments[4] then
    local kept = io.open(arguments[4], "a")
    function response(status, _, body)
      local client = common.client(body)
      if status == 201 then kept:write(client.path, " ", client.id, " ", client.token, "\n") end
    end
  end
end

function request()
  if same then return same end
  sent = sent + 1
  if sent > #bodies then common.exhausted() end
  return wrk.format("POST", wrk.path, headers, bodies[sent])
end
