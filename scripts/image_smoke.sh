#!/usr/bin/env bash
# An image's name in; 0 out when it starts without root, capabilities and a writable root file system and answers within two minutes.
set -euo pipefail
image=$1
name="nova-smoke-$$"
trap 'docker logs "$name" >&2 || true; docker rm --force --volumes "$name" >/dev/null' EXIT
docker run --detach --name "$name" --init --read-only --cap-drop ALL --security-opt no-new-privileges --tmpfs /tmp \
  --volume /data --volume /var/log/nova --network none "$image" >/dev/null
for _ in $(seq 120); do
  state=$(docker inspect --format '{{.State.Health.Status}}' "$name")
  [ "$state" = healthy ] && exit 0
  [ "$(docker inspect --format '{{.State.Running}}' "$name")" = true ] || break
  sleep 1
done
echo "$image did not become healthy ($state)." >&2
exit 1
