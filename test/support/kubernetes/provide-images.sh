#!/usr/bin/env bash
# provide-images.sh KAFKA_IMAGE_BUILDER KUBERNETES_SCRIPTS: gives a test cluster that reaches no registry what the suites run there:
# stand-ins for Apache's and Confluent's images, and the tools image of this checkout. The scripts are those that started the cluster:
# mkimage.py makes an image of a folder, import.sh brings it in.
set -euo pipefail
builder=$1 scripts=$2
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../../.." && pwd)
cache=${XDG_CACHE_HOME:-$HOME/.cache}/kafkon-test
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
image() { python3 "$scripts/mkimage.py" "$@" --env PATH=/opt/jre/bin:/bin >/dev/null; }

images=()
for version in 3.6.2 3.9.2 4.3.1; do
  folder=$("$here/../images/kafka-image.sh" "$builder" "$version")
  # Only Confluent's habits are tried with the oldest one.
  [ "$version" != 3.6.2 ] || continue
  # import.sh keeps archives by their names.
  ln "$folder/image.tar" "$work/kafka-$version.tar" 2>/dev/null || cp "$folder/image.tar" "$work/kafka-$version.tar"
  images+=("$work/kafka-$version.tar")
done

# Users with a name, as in the originals: pod security takes only numbers, so the manifests must bring one.
while read -r confluent version; do
  rootfs=$cache/kafka-image-$version/rootfs.tar
  for name in cp-kafka cp-zookeeper; do
    archive=$cache/$name-$confluent.tar
    if [ ! "$archive" -nt "$rootfs" ] || [ ! "$archive" -nt "$here/../images/confluent-tree.sh" ]; then
      [ -d "$work/confluent-$version" ] || "$here/../images/confluent-tree.sh" "$rootfs" "$work/confluent-$version"
      image "$work/confluent-$version" "docker.io/confluentinc/$name:$confluent" "$work/$name-$confluent.tar" --user appuser
      mv "$work/$name-$confluent.tar" "$archive"
    fi
    images+=("$archive")
  done
done <<'V'
7.6.0 3.6.2
7.9.0 3.9.2
V

tools=$(node -p "require('$root/package.json').version")
"$here/../images/tools-tree.sh" "$work/tools"
python3 "$scripts/mkimage.py" "$work/tools" "docker.io/kafkon/tools:$tools" "$work/kafkon-tools.tar" --user 1000:1000 \
  --env PATH=/kafkon/bin:/usr/local/bin:/usr/bin:/bin --env NODE_ENV=production >/dev/null
images+=("$work/kafkon-tools.tar")

"$scripts/import.sh" "${images[@]}" >/dev/null
