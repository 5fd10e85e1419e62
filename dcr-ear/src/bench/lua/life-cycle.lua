-- Registers, reads, replaces and deletes each client: BODIES MEDIA_TYPE TEMPLATE
-- wrk does not tell which connection an answer came on. So each answer adds the client's next request to a queue,
-- and a connection that is free takes the next one from it; if there is none it registers a client.
local common = dofile(debug.getinfo(1, "S").source:match("^@(.*/)") .. "common.lua")
local create, template
local waiting = {}
local first, last = 1, 0

function init(arguments)
  create = wrk.format("POST", wrk.path, { ["Content-Type"] = arguments[2] }, common.lines(arguments[1])[1])
  template = common.lines(arguments[3])[1]
end

function request()
  if first > last then return create end
  local next = waiting[first]
  waiting[first] = nil
  first = first + 1
  return next
end

local function await(request)
  last = last + 1
  waiting[last] = request
end

function response(status, _, body)
  if status == 201 then
    await(common.manage("GET", common.client(body)))
  elseif status == 200 and not body:find("Replaced", 1, true) then
    await(common.manage("PUT", common.client(body), template))
  elseif status == 200 then
    await(common.manage("DELETE", common.client(body)))
  end
end
