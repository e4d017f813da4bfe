/* Portable scripts: constant text, which reads environment variables alone. */

/** The files that patterns mean. */
export const GLOBS = `shopt -s globstar nullglob
files=()
while IFS= read -r pattern; do
  # The words of a pattern are not split: IFS has no blank.
  IFS=
  # shellcheck disable=SC2206
  matches=($pattern)
  unset IFS
  for match in "\${matches[@]}"; do
    if [ -f "$match" ]; then
      files+=("$match")
    fi
  done
done <<< "$PATTERNS"`;

/** Counts tests. */
export const JUNIT = `if [ "\${#files[@]}" -eq 0 ]; then
  echo "$REPORT_TITLE: no reports" >&2
  exit 1
fi
count() { { grep -oh "$1" "\${files[@]}" || true; } | wc -l | tr -d ' '; }
echo "$REPORT_TITLE: $(count '<testcase[ >]') tests, $(count '<failure[ />]') failures, $(count '<error[ />]') errors, $(count '<skipped[ />]') skipped"`;

/** Counts lines. */
export const COVERAGE = `if [ "\${#files[@]}" -eq 0 ]; then
  echo 'There are no reports of coverage.' >&2
  exit 1
fi
case "$REPORT_FORMAT" in
  cobertura) tally='match($0, /<coverage[^>]*lines-covered="[0-9]+"/) { if (match($0, /lines-covered="[0-9]+"/)) covered += substr($0, RSTART + 15, RLENGTH - 16); if (match($0, /lines-valid="[0-9]+"/)) all += substr($0, RSTART + 13, RLENGTH - 14) }' ;;
  # The counter of the whole report is the last one; the others are of its parts.
  jacoco) tally='{ line = $0; while (match(line, /<counter type="LINE" missed="[0-9]+" covered="[0-9]+"/)) { split(substr(line, RSTART, RLENGTH), part, "\\""); c = part[6]; m = part[4]; line = substr(line, RSTART + RLENGTH) } } FNR == 1 && NR > 1 { covered += last_c; all += last_c + last_m } { last_c = c; last_m = m } END { covered += last_c; all += last_c + last_m }' ;;
  lcov) tally='/^LH:/ { covered += substr($0, 4) } /^LF:/ { all += substr($0, 4) }' ;;
esac
percent=$(awk "$tally"' END { if (all == 0) exit 3; printf "%.1f", 100 * covered / all }' "\${files[@]}") || {
  echo 'The reports count no lines.' >&2
  exit 1
}
echo "Coverage of lines: $percent %"
if [ -n "$COVERAGE_MINIMUM" ]; then
  echo "percent=$percent" >> "$FAIRWAY_OUTPUT"
  if awk "BEGIN { exit !($percent < $COVERAGE_MINIMUM) }"; then
    echo "That is below $COVERAGE_MINIMUM %." >&2
    exit 1
  fi
fi`;

/** Counts findings. */
export const FINDINGS = `if [ ! -s "$FINDINGS_FILE" ]; then
  echo "There is no report $FINDINGS_FILE." >&2
  exit 1
fi
count() { { grep -oE "\\"level\\" *: *\\"$1\\"" "$FINDINGS_FILE" || true; } | wc -l | tr -d ' '; }
echo "$FINDINGS_CATEGORY: $(count error) errors, $(count warning) warnings, $(count note) notes"`;
