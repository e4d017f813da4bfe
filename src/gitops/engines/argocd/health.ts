/**
 * How Argo CD judges a child Application. Since 1.8 it has no judgement of its own, and without one
 * sync waves over Applications do nothing (argo-cd docs/operator-manual/health.md).
 *
 * What a child says of its health may be about another state than the one it was given:
 * - about what it was before, until its controller has compared it with what it says now (argo-cd #29649);
 * - about its old resources, until it has synced; since 3.4 also while a resource is missing (argo-cd #27917).
 * It counts as progressing until then, and as degraded when its sync failed for good: a wave that only
 * waits would keep the parent from taking the commit that mends it. A child that is synced by hand, or
 * that drifts after a sync that succeeded, is not waited for. Nor is one that is suspended: a release
 * that waits for an approval serves, and the parent would hang until somebody gives it.
 */
export const APPLICATION_HEALTH = `
local function equal(a, b)
  return (a or "") == (b or "") -- Argo CD leaves out what is empty
end

local function same(a, b)
  return b ~= nil and equal(a.repoURL, b.repoURL) and equal(a.path, b.path)
    and equal(a.chart, b.chart) and equal(a.targetRevision, b.targetRevision)
end

-- Whether something that was recorded is about the sources of now
local function isAbout(spec, recorded)
  if spec.sources == nil or #spec.sources == 0 then
    return spec.source == nil or same(spec.source, recorded.source)
  end
  if recorded.sources == nil or #spec.sources ~= #recorded.sources then
    return false
  end
  for i, source in ipairs(spec.sources) do
    if not same(source, recorded.sources[i]) then
      return false
    end
  end
  return true
end

local function waiting(message)
  return { status = "Progressing", message = message }
end

-- Whether a sync was of other sources; one that failed early has recorded none
local function isOfOthers(spec, recorded)
  local isRecorded = recorded ~= nil and (recorded.sources ~= nil or (recorded.source ~= nil and not equal(recorded.source.repoURL, "")))
  return isRecorded and not isAbout(spec, recorded)
end

local spec = obj.spec or {}
local status = obj.status or {}
local sync = status.sync or {}
if status.health == nil or status.health.status == nil then
  return waiting("Waiting for the first comparison")
end
if sync.comparedTo ~= nil and not isAbout(spec, sync.comparedTo) then
  return waiting("Waiting for the comparison with the changed source")
end
local automated = spec.syncPolicy ~= nil and spec.syncPolicy.automated or nil
if automated ~= nil and automated.enabled ~= false and sync.status == "OutOfSync" then
  local operation = status.operationState
  if operation == nil or isOfOthers(spec, operation.syncResult) then
    return waiting("Waiting for the sync of its source")
  end
  if operation.phase == "Failed" or operation.phase == "Error" then
    return { status = "Degraded", message = "The last sync failed: " .. (operation.message or "") }
  end
  if operation.phase ~= "Succeeded" and status.health.status == "Healthy" then
    return waiting("Waiting for the end of a sync")
  end
end
if sync.status == "Unknown" and status.health.status == "Healthy" then
  return waiting("The source cannot be compared")
end
if status.health.status == "Suspended" then
  return { status = "Healthy", message = "Something in it waits for a person" }
end
return { status = status.health.status, message = status.health.message or "" }
`.trimStart();

/** The key of `argocd-cm` under which it stands. */
export const APPLICATION_HEALTH_KEY = 'resource.customizations.health.argoproj.io_Application';

/** The customization as a merge patch of `argocd-cm`: it leaves every other setting alone. */
export function healthPatch(): string {
  return JSON.stringify({ data: { [APPLICATION_HEALTH_KEY]: APPLICATION_HEALTH } }, null, 2) + '\n';
}
