/**
 * What the shell of each job knows: constant text, once in a file. It runs in bash from 3.2 on. Every step is a process of its own, which sees none
 * of this. Names of variables begin with `fairway_`, for axes of a matrix and inputs are variables of the same shell.
 */
export const HELPERS = String.raw`
# How jobs run their steps. Each step is a process of its own. No job uses all functions, and names of steps are shown as they are.
# shellcheck disable=SC2016,SC2119,SC2120,SC2329
[ -n "\${BASH_VERSION:-}" ] || { echo 'The image of this job has no bash.' >&2; exit 1; }

fairway_needs=' '
fairway_hidden=
fairway_names=()
fairway_values=()
fairway_failed=false

# start_job <job> <leg>
start_job() {
  local temporary=\${RUNNER_TEMP_PROJECT_DIR:-\${TMPDIR:-/tmp}}
  mkdir -p "$temporary"
  fairway_state=$(mktemp -d "$temporary/fairway.XXXXXX")
  trap 'rm -rf "$fairway_state"' EXIT
  fairway_script=$fairway_state/script
  fairway_kept_files=$PWD/.fairway/$CI_PIPELINE_ID
  fairway_own=$fairway_kept_files/jobs/$1/$2
  # What other jobs have handed over goes out of the way.
  fairway_run=$fairway_state/run
  mkdir -p "$fairway_run"
  if [ -d "$fairway_kept_files" ]; then
    mv "$fairway_kept_files"/* "$fairway_run/"
    rmdir "$fairway_kept_files"
    rmdir .fairway 2> /dev/null || :
  fi
  if [ -d .git ] && ! grep -qsx /.fairway/ .git/info/exclude; then
    mkdir -p .git/info
    echo /.fairway/ >> .git/info/exclude
  fi
}

# What is set for every step, and for the next one.
pipeline_env() { :; }
job_env() { :; }
step_env() { :; }
set_env() {
  fairway_names+=("$1")
  fairway_values+=("$2")
}

# Steps see the secrets, inputs and variables of a matrix that they are given, and no others.
hide() { fairway_hidden="$fairway_hidden $*"; }
export_env() {
  local fairway_name fairway_place
  for fairway_name in $fairway_hidden; do
    unset "$fairway_name"
  done
  for fairway_place in "\${!fairway_names[@]}"; do
    export "\${fairway_names[fairway_place]}=\${fairway_values[fairway_place]}"
  done
}

# Puts the token of an identity into a file.
keep_identity() {
  (umask 077 && printf '%s' "\${!1}" > "$fairway_state/$1")
  unset "$1"
}

# When the next step runs.
step_if() { none_failed; }
none_failed() { [ "$fairway_failed" = false ]; }
some_failed() { [ "$fairway_failed" = true ]; }

# run_step <id> <name> [timeout=<seconds>] [attempts=<n>] [delay=<seconds>] [folder=<folder>] [shell=<shell>] [allowed] [-- <command>]
run_step() {
  local fairway_id=$1 fairway_name=$2 fairway_limit='' fairway_attempts=1 fairway_delay=0 fairway_folder=. fairway_shell=bash
  local fairway_allowed=false fairway_attempt=1 fairway_status=0
  shift 2
  while [ $# -gt 0 ]; do
    case $1 in
      timeout=*) fairway_limit=\${1#*=} ;;
      attempts=*) fairway_attempts=\${1#*=} ;;
      delay=*) fairway_delay=\${1#*=} ;;
      folder=*) fairway_folder=\${1#*=} ;;
      shell=*) fairway_shell=\${1#*=} ;;
      allowed) fairway_allowed=true ;;
      --) shift; break ;;
    esac
    shift
  done
  printf '\033[0Ksection_start:%s:%s\r\033[0K%s\n' "$(date +%s)" "$fairway_id" "$(printf '%s' "$fairway_name" | tr -d '[:cntrl:]')"
  if step_if; then
    while :; do
      fairway_status=0
      : > "$fairway_state/$fairway_id.outputs"
      (
        pipeline_env && job_env && step_env && export_env && export FAIRWAY_OUTPUT="$fairway_state/$fairway_id.outputs" || exit 1
        if [ $# -gt 0 ]; then
          "$@"
        else
          cd -- "$fairway_folder" && run_script
        fi
      ) < /dev/null || fairway_status=$?
      if [ "$fairway_status" -eq 0 ] || [ "$fairway_attempt" -ge "$fairway_attempts" ]; then
        break
      fi
      echo "Attempt $fairway_attempt of $fairway_attempts has failed with $fairway_status." >&2
      fairway_attempt=$((fairway_attempt + 1))
      sleep "$fairway_delay"
    done
    if [ "$fairway_status" -eq 0 ]; then
      :
    elif [ "$fairway_allowed" = true ]; then
      echo "The step has failed with $fairway_status, which is allowed." >&2
    else
      echo "The step has failed with $fairway_status." >&2
      fairway_failed=true
    fi
  else
    echo 'Skipped.'
  fi
  printf '\033[0Ksection_end:%s:%s\r\033[0K\n' "$(date +%s)" "$fairway_id"
  step_env() { :; }
  step_if() { none_failed; }
}

run_script() {
  local fairway_strict="\$ErrorActionPreference = 'Stop'; . '$fairway_script.ps1'; if (Test-Path -LiteralPath variable:\\LASTEXITCODE) { exit \$LASTEXITCODE }"
  case $fairway_shell in
    bash) set -- bash -euo pipefail "$fairway_script" ;;
    sh) set -- sh -eu "$fairway_script" ;;
    pwsh)
      cp "$fairway_script" "$fairway_script.ps1"
      set -- pwsh -NoLogo -NoProfile -NonInteractive -Command "$fairway_strict"
      ;;
  esac
  if [ -n "$fairway_limit" ]; then
    if command -v timeout > /dev/null; then
      set -- timeout -k 10 "$fairway_limit" "$@"
    else
      echo 'There is no command "timeout" here: the time of the step is not limited.' >&2
    fi
  fi
  exec "$@"
}

# Outputs: the last line that gives one counts.
output_of_step() { last_of "$2" "$fairway_state/$1.outputs"; }
output_of_job() { last_of "$2" "$fairway_run/jobs/$1"/*/outputs; }
last_of() {
  local fairway_output=$1
  shift
  cat "$@" 2> /dev/null | sed -n "s/^$fairway_output=//p" | tail -n 1 || :
}

# need_job <job> <legs> [<needs of the job>...]: the job is part of this run. Without legs its failure is allowed.
need_job() { fairway_needs="$fairway_needs$(IFS=:; echo "$*") "; }

# What a job came to. One that was skipped by GitLab, or that broke off, has left no file.
result_of_job() {
  local entry legs file need count=0 skipped=0 result=success
  case $fairway_needs in *" $1:"*) ;; *) echo skipped; return ;; esac
  entry=\${fairway_needs#*" $1:"}
  entry=\${entry%%" "*}
  legs=\${entry%%:*}
  for file in "$fairway_run/jobs/$1"/*/result; do
    [ -f "$file" ] || continue
    count=$((count + 1))
    case $(cat "$file") in
      failure) result=failure ;;
      skipped) skipped=$((skipped + 1)) ;;
    esac
  done
  if [ "$count" -eq 0 ]; then
    entry=\${entry#"$legs"}
    for need in \${entry//:/ }; do
      [ "$(result_of_job "$need")" = success ] || { echo skipped; return; }
    done
  fi
  if [ "$count" -lt "$legs" ]; then
    echo failure
  elif [ "$count" -gt 0 ] && [ "$skipped" -eq "$count" ]; then
    echo skipped
  else
    echo "$result"
  fi
}
succeeded() {
  local job
  for job in "$@"; do
    [ "$(result_of_job "$job")" = success ] || return 1
  done
}
failed() {
  local job
  for job in "$@"; do
    [ "$(result_of_job "$job")" != failure ] || return 0
  done
  return 1
}

# skip_job <why>: ends the job well, and those that need it are skipped as well.
skip_job() {
  echo "Skipped: $1"
  mkdir -p "$fairway_own"
  echo skipped > "$fairway_own/result"
  exit 0
}

# finish_job [allowed] [<output>=<step>.<output>...]
finish_job() {
  local result=success output from
  [ "$fairway_failed" = false ] || [ "\${1:-}" = allowed ] || result=failure
  mkdir -p "$fairway_own"
  for output in "$@"; do
    case $output in
      *=*)
        from=\${output#*=}
        printf '%s=%s\n' "\${output%%=*}" "$(output_of_step "\${from%%.*}" "\${from#*.}")" >> "$fairway_own/outputs"
        ;;
    esac
  done
  echo "$result" > "$fairway_own/result"
  [ "$fairway_failed" = false ] || exit 1
}

# url_of_job <url>: the address of the environment, where GitLab reads it.
url_of_job() {
  mkdir -p "$fairway_own"
  local url
  url=$(printf '%s' "$1" | tr -d '[:cntrl:]')
  printf 'FAIRWAY_URL=%s\n' "\${url//\$/\$\$}" > "$fairway_own/dotenv"
}

# upload_files <artifact> <if missing> <path>...
upload_files() {
  local target=$fairway_kept_files/artifacts/$1 missing=$2 found=false pattern path IFS=
  shift 2
  shopt -s nullglob dotglob
  shopt -s globstar 2> /dev/null || :
  rm -rf "$target"
  mkdir -p "$target"
  for pattern in "$@"; do
    for path in $pattern; do
      [ -e "$path" ] || continue
      found=true
      case $path in
        .) tar -cf - --exclude ./.git --exclude ./.fairway . | tar -xf - -C "$target" || return ;;
        */*) mkdir -p "$target/\${path%/*}" && cp -R "$path" "$target/\${path%/*}/" || return ;;
        *) cp -R "$path" "$target/" || return ;;
      esac
    done
  done
  if [ "$found" = false ] && [ "$missing" != ignore ]; then
    echo 'There are no such files.' >&2
    [ "$missing" = warn ]
  fi
}

# download_files <artifact> <folder>
download_files() {
  [ -d "$fairway_run/artifacts/$1" ] || { echo "There is no artifact $1." >&2; return 1; }
  mkdir -p -- "$2" && cp -R "$fairway_run/artifacts/$1/." "$2/"
}

# GitLab has checked out; steps do not get its token along with the remote.
forget_token() {
  case $(git remote get-url origin 2> /dev/null) in
    *gitlab-ci-token:*) git remote set-url origin "$CI_PROJECT_URL.git" ;;
  esac
}

# check_out <folder> <ref> <depth> <submodules> <lfs> <keep the token>
check_out() {
  local ref=$2
  [ -n "$ref" ] || ref=$CI_COMMIT_SHA
  git init -q -- "$1" && cd -- "$1" || return
  [ "$5" = true ] || export GIT_LFS_SKIP_SMUDGE=1
  if [ "$3" -gt 0 ]; then
    git fetch -q --depth "$3" -- "$CI_REPOSITORY_URL" "$ref" || return
  else
    git fetch -q --tags -- "$CI_REPOSITORY_URL" "$ref" || return
  fi
  git checkout -q --detach FETCH_HEAD || return
  if [ "$4" = true ]; then
    git submodule update -q --init --recursive || return
  fi
  if [ "$6" = true ]; then
    git remote add origin "$CI_REPOSITORY_URL" 2> /dev/null || git remote set-url origin "$CI_REPOSITORY_URL"
  fi
}

# wait_for <host> <port> <seconds>
wait_for() {
  local left=$3
  until (: < "/dev/tcp/$1/$2") 2> /dev/null; do
    left=$((left - 1))
    [ "$left" -gt 0 ] || { echo "The service $1 does not answer on port $2." >&2; exit 1; }
    sleep 1
  done
}

# What the run is about.
event_of_run() {
  case \${CI_PIPELINE_SOURCE:-} in
    push) if [ -n "\${CI_COMMIT_TAG:-}" ]; then echo tag; else echo push; fi ;;
    merge_request_event) if [ "\${CI_MERGE_REQUEST_EVENT_TYPE:-}" = merge_train ]; then echo mergeQueue; else echo pullRequest; fi ;;
    schedule) echo schedule ;;
    pipeline | parent_pipeline) echo call ;;
    *) echo manual ;;
  esac
}
ref_of_run() {
  if [ -n "\${CI_MERGE_REQUEST_REF_PATH:-}" ]; then
    echo "$CI_MERGE_REQUEST_REF_PATH"
  elif [ -n "\${CI_COMMIT_TAG:-}" ]; then
    echo "refs/tags/$CI_COMMIT_TAG"
  else
    echo "refs/heads/\${CI_COMMIT_REF_NAME:-}"
  fi
}
base_of_run() {
  local base=\${CI_MERGE_REQUEST_DIFF_BASE_SHA:-\${CI_COMMIT_BEFORE_SHA:-}}
  case $base in *[!0]*) echo "$base" ;; esac
}
`.slice(1, -1).replaceAll('\\${', '${');
