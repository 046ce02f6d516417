-- wrk script: posts prepared requests, each once in order, then from the start again.
-- Arguments: the file of requests (a line with the length, then that many bytes: all that follows the path), the path.
local requests = {}
local at = 0

function init(args)
  local file = assert(io.open(args[1], "rb"))
  local prefix = "POST " .. args[2]
  for length in function() return file:read("*l") end do
    requests[#requests + 1] = prefix .. file:read(tonumber(length))
  end
  file:close()
end

function request()
  at = at % #requests + 1
  return requests[at]
end

function done(summary, latency)
  local errors = summary.errors
  io.write(string.format("result %d %d %d %d %d\n", summary.requests, summary.duration,
    errors.connect + errors.read + errors.write + errors.status + errors.timeout,
    latency:percentile(50), latency:percentile(99)))
end
