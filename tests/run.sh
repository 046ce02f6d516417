#!/usr/bin/env bash
# Runs every test. On a fresh Debian with the .NET 10 SDK it installs what the tests need first; only that needs root.
# Usage: bash tests/run.sh            Ends with a line "N passed, N failed".
set -euo pipefail
cd "$(dirname "$0")/.."

packages=()
[ -x /usr/lib/rabbitmq/bin/rabbitmq-server ] || packages+=(rabbitmq-server)
compgen -G '/usr/lib/postgresql/*/bin/initdb' >/dev/null || packages+=(postgresql)
/usr/bin/python3 -c 'import pika' 2>/dev/null || packages+=(python3 python3-pika)
command -v node >/dev/null || packages+=(nodejs)
command -v npm >/dev/null || packages+=(npm)
command -v javac >/dev/null || packages+=(default-jdk-headless)
[ -f /usr/share/java/amqp-client.jar ] || packages+=(librabbitmq-client-java)
[ -f /usr/share/java/gson.jar ] || packages+=(libgoogle-gson-java)
command -v unshare >/dev/null || packages+=(util-linux)
command -v promtool >/dev/null || packages+=(prometheus)
command -v systemd-analyze >/dev/null || packages+=(systemd)
if [ ${#packages[@]} -gt 0 ]; then
  echo "The tests need Debian packages that are not installed: ${packages[*]}"
  if [ "$(id -u)" != 0 ]; then
    echo "Installing them needs root. Run once: sudo apt-get install --no-install-recommends ${packages[*]}" >&2
    exit 1
  fi
  echo "Installing them ..."
  apt-get update -qq
  DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${packages[@]}" >/dev/null
  # Of Prometheus only promtool is wanted; its server would take the port of the operators' pages.
  case " ${packages[*]} " in *" prometheus "*) systemctl disable --now prometheus >/dev/null 2>&1 || true ;; esac
fi

npm ci --silent --no-audit --no-fund --prefix tests/WecomBridge.IntegrationTests/Interop/node
npm ci --silent --no-audit --no-fund --prefix tests/WecomBridge.IntegrationTests/Deploy/node

# Nothing may be skipped here: what is missing fails.
export WECOMBRIDGE_TESTS_REQUIRE_ALL=1
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1
dotnet build -c Release -v q --nologo

log=$(mktemp)
export WECOMBRIDGE_TESTS_RECORD=$(mktemp -d)
trap 'rm -rf "$log" "$WECOMBRIDGE_TESTS_RECORD"' EXIT
for project in WecomBridge.Tests WecomBridge.IntegrationTests; do
  dotnet test "tests/$project" -c Release --no-build --nologo --logger 'console;verbosity=normal' 2>&1 | tee -a "$log" || true
done

sum() { awk -v name="$1:" '$1 == name { total += $2 } END { print total + 0 }' "$log"; }
passed=$(sum Passed) failed=$(sum Failed) skipped=$(sum Skipped) runs=$(grep -cE '^Test Run (Successful|Failed)' "$log" || true)
if [ "$runs" -ne 2 ]; then echo "Only $runs of 2 test runs came to an end." >&2; failed=$((failed + 1)); fi
if [ "$skipped" -ne 0 ]; then echo "$skipped tests were skipped; here none may be." >&2; failed=$((failed + skipped)); fi
if [ "$passed" -eq 0 ]; then echo "No test ran." >&2; failed=$((failed + 1)); fi
# What all bridges logged and all subscribers saw in this run, searched for the canary values of the tests.
canaries=$(grep -ohE '(Secret|Token|AesKey|CrmToken|Mobile|Name) = "[^"]+"' tests/WecomBridge.IntegrationTests/{Servers/World,Flow/PrivacyTests}.cs | cut -d'"' -f2)
canaries+=$'\n'$(cat "$WECOMBRIDGE_TESTS_RECORD"/canaries-* | sort -u)
recorded=$(cat "$WECOMBRIDGE_TESTS_RECORD"/record-* 2>/dev/null | wc -l)
if [ "$(wc -l <<<"$canaries")" -lt 6 ] || [ "$recorded" -lt 1000 ]; then echo "The search for canary values has nothing to search." >&2; failed=$((failed + 1)); fi
hits=$(cat "$WECOMBRIDGE_TESTS_RECORD"/record-* | grep -nF "$canaries" || true)
if [ -n "$hits" ]; then head -n 5 <<<"$hits"; echo "A canary value was logged or published." >&2; failed=$((failed + 1)); fi
# Once more, where nobody has to scroll for it.
grep -E '^  Failed [^ ]' "$log" || true
echo "Searched $recorded recorded lines for $(wc -l <<<"$canaries") canary values."
echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
